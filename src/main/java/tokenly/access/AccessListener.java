package tokenly.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/**
 * Puts the filter before {@code /rtc}. Not by {@code @WebFilter}: Jetty has upgraded the connection before it comes to one,
 * while one that is registered so is before Jetty's own.
 */
@WebListener
public final class AccessListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FilterRegistration.Dynamic registration =
                event.getServletContext().addFilter("tokenly-access", new AccessFilter());
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/rtc");
    }
}
