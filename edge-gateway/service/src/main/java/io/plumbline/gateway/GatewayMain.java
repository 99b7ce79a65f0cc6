package io.plumbline.gateway;

import io.plumbline.gateway.config.GatewayConfig;
import io.plumbline.gateway.config.GatewaySettings;
import io.plumbline.gateway.config.IllegalConfigurationException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the gateway. A broken configuration ends the start with one line and exit code 1. */
@QuarkusMain
public final class GatewayMain implements QuarkusApplication {

    private final Wiring wiring;

    GatewayMain(Wiring wiring) {
        this.wiring = wiring;
    }

    public static void main(String... arguments) {
        try {
            var config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
            GatewaySettings.from(config.getConfigMapping(GatewayConfig.class));
        } catch (IllegalConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        Quarkus.run(GatewayMain.class, arguments);
    }

    @Override
    public int run(String... arguments) {
        try {
            wiring.start();
        } catch (IllegalConfigurationException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        Quarkus.waitForExit();
        return 0;
    }
}
