package tokenly.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Every error of HTTP, in place of the container's page, which tells more about the server than a stranger needs. Says what
 * went wrong in English and Korean, or to programs that ask for {@code /status} in JSON. web.xml names it.
 */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
        int status = isError ? response.getStatus() : HttpServletResponse.SC_NOT_FOUND; // it is no page of its own
        ErrorText error = ErrorText.of(status);
        boolean isStatus = isError && isBelowStatus(request);
        byte[] body = (isStatus ? error.json() : error.html()).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", ErrorText.POLICY);
        response.setContentType(isStatus ? "application/json" : "text/html;charset=utf-8");
        response.setContentLength(body.length);
        PatientStream.attempt(() -> response.getOutputStream().write(body));
    }

    private static boolean isBelowStatus(HttpServletRequest request) {
        String asked = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        String path = asked.substring(Math.min(request.getContextPath().length(), asked.length()));
        return path.equals("/status") || path.startsWith("/status/");
    }
}
