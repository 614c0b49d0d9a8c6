package io.qomo.serve.node;

/// The version of this build.
public final class Version {
    /// As in the jar's manifest, or `dev` when run from classes.
    public static final String NUMBER = number();

    private Version() {}

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
