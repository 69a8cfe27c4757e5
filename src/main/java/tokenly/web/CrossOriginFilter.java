package tokenly.web;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets pages of other origins load the library and read {@code /status} and {@code /info} (Fetch Standard, "CORS protocol"). */
final class CrossOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CrossOrigin allowed =
                CDI.current().select(CrossOrigin.class).get(); // under mvn jetty:run nothing is injected into filters
        if (!allowed.isAnyAllowed()) {
            response.addHeader("Vary", "Origin");
        }
        allowed.allow(request.getHeader("Origin")).ifPresent(origin -> {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        });
        boolean isPreflight =
                request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
        if (isPreflight) {
            HeaderFilter.setHeaders(request, response); // on Jetty that filter comes after this one
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
            response.setHeader("Access-Control-Allow-Headers", "*, Authorization"); // * leaves it out
            response.setHeader("Access-Control-Max-Age", "86400");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }
}
