package tokenly.web;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Gives every answer the headers that tell a browser what it must not do with it. */
final class HeaderFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** Pages run scripts of this server only, and may open connections to any: the lab lets its user enter an address. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src http: https: ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What a page of this server may ask its user for, and no page that it would frame. */
    private static final String PERMISSIONS = "camera=(self), microphone=(self), display-capture=(self)";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        setHeaders(request, response);
        if (request.getServletPath().startsWith("/lib/")) { // modules of one version belong together
            response.setHeader("Cache-Control", "no-cache");
        }
        chain.doFilter(request, response);
    }

    /** For any answer, whichever filter gives it. */
    static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Permissions-Policy", PERMISSIONS);
        response.setHeader("Referrer-Policy", "no-referrer");
        if (isSecure(request)) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000"); // RFC 6797; a year
        }
    }

    /** Whether the client came by TLS, here or to a proxy that is believed. */
    private static boolean isSecure(HttpServletRequest request) {
        if (request.isSecure()) {
            return true;
        }
        return "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
                && CDI.current()
                        .select(TrustedProxies.class) // under mvn jetty:run nothing is injected into filters
                        .get()
                        .include(Objects.requireNonNullElse(request.getRemoteAddr(), ""));
    }
}
