package tokenly.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Every error of HTTP, in place of the container's page, which tells more about the server than a stranger needs. Says what
 * went wrong in English and Korean, or to programs that ask for {@code /status} or {@code /info} in
 * JSON. web.xml names it.
 */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Pattern FOR_PROGRAMS = Pattern.compile("/(status|info)(/.*)?", Pattern.DOTALL);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
        int status = isError ? response.getStatus() : HttpServletResponse.SC_NOT_FOUND; // it is no page of its own
        ErrorText error = ErrorText.of(status);
        boolean isForPrograms = isError && isForPrograms(request);
        byte[] body = (isForPrograms ? error.json() : error.html()).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", ErrorText.POLICY);
        response.setContentType(isForPrograms ? "application/json" : "text/html;charset=utf-8");
        response.setContentLength(body.length);
        PatientStream.attempt(() -> response.getOutputStream().write(body));
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        String asked = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        String path = asked.substring(Math.min(request.getContextPath().length(), asked.length()));
        return FOR_PROGRAMS.matcher(path).matches();
    }
}
