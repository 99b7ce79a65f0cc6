package io.plumbline.fleet.adapter.page;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Keeps pages out of the browser's store. A page that comes back with its history would show what was, and offer it, until the
 * next news move everything under the hand that wants to press a button.
 */
@Singleton
public final class NothingStored {

    @ServerResponseFilter
    public void filter(ContainerResponseContext answer) {
        if (answer.getMediaType() != null && answer.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE)) {
            answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
