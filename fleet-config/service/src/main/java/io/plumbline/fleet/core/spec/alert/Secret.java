package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.wire.Require;

/** Where a secret is kept; it is read when it is used, so it can be renewed without a restart. */
public sealed interface Secret {

    /** An environment variable of the control plane's process. */
    record InEnvironment(String variable) implements Secret {

        public InEnvironment {
            Require.that(
                    variable.matches("[A-Za-z_][A-Za-z0-9_]*"),
                    "'" + variable + "' must be the name of an environment variable");
        }
    }

    /** A file on the control plane's machine; what is around it in white space does not count. */
    record InFile(String path) implements Secret {

        public InFile {
            Require.that(path.startsWith("/"), "'" + path + "' must be an absolute path");
        }
    }
}
