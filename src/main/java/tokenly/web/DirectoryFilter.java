package tokenly.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;

/** Answers 404 for directories of files, which some servers would list and others forbid; the root has a page. */
final class DirectoryFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isFile = request.getHttpServletMapping().getMappingMatch() == MappingMatch.DEFAULT;
        String path = request.getServletPath(); // decoded, and without the parameters of its parts
        if (isFile && path.endsWith("/") && !path.equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }
}
