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
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives each handshake that may come in a place, or refuses it before it costs more than that. */
public final class AccessFilter implements Filter {

    /** RFC 6585, section 4; the Servlet API has no constant for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    /** Its own, because on Payara this filter comes before the one that gives all other answers their headers. */
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!isAddress((HttpServletRequest) request)) {
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_BAD_REQUEST);
            write((HttpServletResponse) response, "The address of this request is no URL (RFC 3986).\n");
            return;
        }
        Proxies proxies = part(Proxies.class);
        HandshakeRules.Handshake handshake = handshake((HttpServletRequest) request, proxies);
        Optional<HandshakeRules.Fault> fault = part(HandshakeRules.class).check(handshake);
        if (fault.isPresent()) {
            part(LimitHits.class).add(fault.get());
            refuse((HttpServletResponse) response, fault.get());
            return;
        }
        HandshakeResult result = part(Places.class).enter(handshake.client());
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

    /** Whether Java can read the address: Jetty would answer 500 and log all of it, with a token that may stand in it. */
    private static boolean isAddress(HttpServletRequest request) {
        String query = request.getQueryString();
        String address = request.getRequestURI() + (query == null ? "" : "?" + query);
        try {
            return new URI(address).toString().equals(address);
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /** Under mvn jetty:run nothing is injected into filters. */
    private static <T> T part(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private static HandshakeRules.Handshake handshake(HttpServletRequest request, Proxies proxies) {
        String peer = Objects.requireNonNullElse(request.getRemoteAddr(), "");
        return new HandshakeRules.Handshake(
                IpAddress.parse(Objects.requireNonNullElse(request.getLocalAddr(), "")),
                IpAddress.parse(peer),
                proxies.client(peer, all(request, "X-Forwarded-For")),
                all(request, "Host"),
                all(request, "Origin"));
    }

    private static List<String> all(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    private static void refuse(HttpServletResponse response, HandshakeRules.Fault fault) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        write(response, fault.reason().body());
    }

    private static void refuse(HttpServletResponse response, HandshakeResult.Refused refused) throws IOException {
        response.setStatus(
                refused.reason() == LimitHit.SERVER_FULL
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : TOO_MANY_REQUESTS);
        response.setHeader("Retry-After", Long.toString(refused.retryAfterSeconds()));
        write(response, refused.reason().body());
    }

    private static void write(HttpServletResponse response, String reason) throws IOException {
        response.setHeader("Connection", "close");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(reason);
    }
}
