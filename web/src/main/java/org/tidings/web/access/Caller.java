package org.tidings.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.tidings.accounts.Client;

/** Where this request comes from. */
@RequestScoped
public class Caller {

    private static final int LONGEST_AGENT_CHARS = 500;

    @Inject
    HttpServletRequest request;

    @Inject
    Proxies proxies;

    public Client client() {
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return new Client(
                proxies.client(request),
                agent.substring(0, Math.min(agent.length(), LONGEST_AGENT_CHARS)),
                Cookies.value(request, Cookies.DEVICE).orElse(""));
    }
}
