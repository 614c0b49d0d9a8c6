package io.qomo.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The house: layers, no cycles between packages, one seam for time.
@AnalyzeClasses(packages = "io.qomo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_ARE_ACYCLIC =
            slices().matching("io.qomo.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LAYERS_IMPORT_DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("base")
            .definedBy("io.qomo.base..")
            .layer("store")
            .definedBy("io.qomo.store..")
            .layer("query")
            .definedBy("io.qomo.query..")
            .layer("serve")
            .definedBy("io.qomo.serve..")
            .whereLayer("base")
            .mayNotAccessAnyLayer()
            .whereLayer("store")
            .mayOnlyAccessLayers("base")
            .whereLayer("query")
            .mayOnlyAccessLayers("base", "store");

    @ArchTest
    static final ArchRule ONLY_ENV_TOUCHES_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackages("io.qomo.base.env..", "io.qomo.serve.cli..", "io.qomo.testing..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NO_DUMPING_GROUNDS =
            noClasses().should().resideInAnyPackage("..util..", "..utils..", "..helper..", "..misc..", "..impl..");

    @ArchTest
    static final ArchRule QUERY_SEES_THE_STORE_THROUGH_TRANSACTIONS = noClasses()
            .that()
            .resideInAPackage("io.qomo.query..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.qomo.store.kv.rocksdb..",
                    "io.qomo.store.kv.memory..",
                    "io.qomo.store.replica..",
                    "io.qomo.store.cluster..");
}
