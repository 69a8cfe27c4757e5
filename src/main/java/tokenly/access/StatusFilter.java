package tokenly.access;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lets only those read the status who may. It comes after the filter that answers preflights, which bear no token. */
final class StatusFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String BODY = "{\"error\":{\"code\":\"unauthorized\",\"message\":\"The status is for"
            + " administrators (tokenly.status). Send the admin token: Authorization: Bearer ...\"}}";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Under mvn jetty:run nothing is injected into filters.
        StatusAccess access = CDI.current().select(StatusAccess.class).get();
        if (access.admits(request.getHeader("Authorization"))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer realm=\"Tokenly\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII)); // a writer would name a charset
    }
}
