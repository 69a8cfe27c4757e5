package tokenly.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Drops the rest of an answer whose client went away. JAX-RS would log that as SEVERE, and Payara as WARNING where it serves a
 * file, each time with a stack trace and as often as a stranger likes. Only a failure of the connection is dropped here; any
 * other takes its way. Handshakes pass it by: they have no answer that could be cut.
 */
final class GoneClientFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isHandshake = request.getHeader("Upgrade") != null;
        chain.doFilter(request, isHandshake ? response : new Answer(response));
    }

    private static final class Answer extends HttpServletResponseWrapper {

        Answer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new PatientStream(super.getOutputStream());
        }

        @Override
        public void flushBuffer() {
            PatientStream.attempt(super::flushBuffer);
        }
    }
}
