package io.qomo.query.function;

import java.util.Set;

/// The functions of MySQL 8.0 that are not built: calling one says so (error 1235), where any other unknown name is an
/// unknown function.
///
/// Source: MySQL 8.0 manual, "Built-In Function and Operator Reference".
final class MissingFunctions {
    private static final Set<String> NAMES = Set.of("""
            asynchronous_connection_failover_add_managed asynchronous_connection_failover_add_source
            asynchronous_connection_failover_delete_managed asynchronous_connection_failover_delete_source
            asynchronous_connection_failover_reset extractvalue geomcollection geometrycollection gtid_subset
            gtid_subtract linestring master_pos_wait mbrcontains mbrcoveredby mbrcovers mbrdisjoint mbrequals
            mbrintersects mbroverlaps mbrtouches mbrwithin multilinestring multipoint multipolygon point polygon
            ps_current_thread_id ps_thread_id roles_graphml source_pos_wait st_area st_asbinary st_asgeojson st_astext
            st_aswkb st_aswkt st_buffer st_buffer_strategy st_centroid st_collect st_contains st_convexhull st_crosses
            st_difference st_dimension st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals
            st_exteriorring st_frechetdistance st_geohash st_geomcollfromtext st_geomcollfromtxt st_geomcollfromwkb
            st_geometrycollectionfromtext st_geometrycollectionfromwkb st_geometryfromtext st_geometryfromwkb
            st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_hausdorffdistance
            st_interiorringn st_intersection st_intersects st_isclosed st_isempty st_issimple st_isvalid
            st_latfromgeohash st_latitude st_length st_linefromtext st_linefromwkb st_lineinterpolatepoint
            st_lineinterpolatepoints st_linestringfromtext st_linestringfromwkb st_longfromgeohash st_longitude
            st_makeenvelope st_mlinefromtext st_mlinefromwkb st_mpointfromtext st_mpointfromwkb st_mpolyfromtext
            st_mpolyfromwkb st_multilinestringfromtext st_multilinestringfromwkb st_multipointfromtext
            st_multipointfromwkb st_multipolygonfromtext st_multipolygonfromwkb st_numgeometries st_numinteriorring
            st_numinteriorrings st_numpoints st_overlaps st_pointatdistance st_pointfromgeohash st_pointfromtext
            st_pointfromwkb st_pointn st_polyfromtext st_polyfromwkb st_polygonfromtext st_polygonfromwkb st_simplify
            st_srid st_startpoint st_swapxy st_symdifference st_touches st_transform st_union st_validate st_within
            st_x st_y updatexml validate_password_strength wait_for_executed_gtid_set
            """.strip().split("\\s+"));

    private MissingFunctions() {}

    /// True of a name in lower case.
    static boolean contains(String lowerName) {
        return NAMES.contains(lowerName);
    }
}
