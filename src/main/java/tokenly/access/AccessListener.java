package tokenly.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/**
 * Puts the filters before {@code /rtc}, {@code /node} and {@code /status}. Not by {@code @WebFilter}: Jetty has upgraded the connection before it comes to one,
 * while one that is registered so is before Jetty's own.
 */
@WebListener
public final class AccessListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        add(context.addFilter("tokenly-access", new AccessFilter()), false, "/rtc");
        add(context.addFilter("tokenly-node", new NodeFilter()), false, NodeDoor.PATH);
        add(context.addFilter("tokenly-status", new StatusFilter()), true, "/status/*");
    }

    private static void add(FilterRegistration.Dynamic registration, boolean isLast, String path) {
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), isLast, path);
    }
}
