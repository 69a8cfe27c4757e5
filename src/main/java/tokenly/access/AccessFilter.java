package tokenly.access;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Gives each handshake a place, or refuses it before it costs more than that. */
public final class AccessFilter implements Filter {

    /** RFC 6585, section 4; the Servlet API has no constant for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Under mvn jetty:run nothing is injected into filters.
        Places places = CDI.current().select(Places.class).get();
        Proxies proxies = CDI.current().select(Proxies.class).get();
        HandshakeResult result = places.enter(proxies.client(
                Objects.requireNonNullElse(request.getRemoteAddr(), ""), forwardedFor((HttpServletRequest) request)));
        if (result instanceof HandshakeResult.Refused refused) {
            refuse((HttpServletResponse) response, refused);
        } else if (result instanceof Place place) {
            HandshakePlace.offer(place);
            try {
                chain.doFilter(request, response);
            } finally {
                HandshakePlace.take().ifPresent(Place::release); // no connection came of it
            }
        }
    }

    private static List<String> forwardedFor(HttpServletRequest request) {
        return Collections.list(request.getHeaders("X-Forwarded-For"));
    }

    private static void refuse(HttpServletResponse response, HandshakeResult.Refused refused) throws IOException {
        response.setStatus(
                refused.reason() == LimitHit.SERVER_FULL
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : TOO_MANY_REQUESTS);
        response.setHeader("Retry-After", Long.toString(refused.retryAfterSeconds()));
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(refused.reason().body());
    }
}
