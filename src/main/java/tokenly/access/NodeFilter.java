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
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Lets only the nodes of this cluster open a link; to all others there is nothing. */
public final class NodeFilter implements Filter {

    private static final System.Logger LOG = System.getLogger(NodeFilter.class.getName());

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        NodeDoor door = CDI.current().select(NodeDoor.class).get();
        Optional<String> fault = door.fault(((HttpServletRequest) request).getHeader(NodeDoor.HEADER));
        if (fault.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (door.isOpen()) {
            LOG.log(Level.WARNING, "a link from {0} is refused: {1}", request.getRemoteAddr(), fault.get());
        }
        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
}
