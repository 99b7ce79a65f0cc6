package io.plumbline.gateway.core.glimpse;

import io.plumbline.contract.fleet.Glimpse;
import java.io.IOException;

/** Those who see what cameras see. */
public interface Viewers {

    /** @throws IOException if they cannot be reached or do not want it; the message says which */
    void show(Glimpse glimpse) throws IOException, InterruptedException;
}
