package org.tidings.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources of the WAR, found by their annotations, from the root of the site. */
@ApplicationPath("/")
public class TidingsApplication extends Application {

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // WADL describes every resource to anybody, also by OPTIONS.
                "jersey.config.server.wadl.disableWadl", true,
                // An empty answer with an error status stays ours, and is not handed to the container's error page.
                "jersey.config.server.response.setStatusOverSendError", true,
                // Redirects stay relative, and so independent of the Host header and of a proxy's scheme.
                "jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
