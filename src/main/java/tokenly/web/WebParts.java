package tokenly.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/**
 * Puts the filters of this package before all others. A {@code @WebFilter} would not do: on Jetty the filter that upgrades to
 * web sockets comes before those, and its refusals would bear no headers.
 */
@WebListener
public class WebParts implements ServletContextListener {

    /** What pages of other origins may read. */
    private static final String[] PUBLIC = {"/lib/*", "/status", "/status/", "/info", "/info/"};

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        // Each one goes before the one above it on Payara, and after it on Jetty.
        addFirst(context, new GoneClientFilter(), EnumSet.of(DispatcherType.REQUEST));
        addFirst(context, new CrossOriginFilter(), EnumSet.of(DispatcherType.REQUEST), PUBLIC);
        addFirst(context, new DirectoryFilter(), EnumSet.of(DispatcherType.REQUEST));
        addFirst(context, new HeaderFilter(), EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
    }

    private static void addFirst(ServletContext context, Filter filter, EnumSet<DispatcherType> when) {
        addFirst(context, filter, when, "/*");
    }

    private static void addFirst(ServletContext context, Filter filter, EnumSet<DispatcherType> when, String... paths) {
        FilterRegistration.Dynamic registration =
                context.addFilter(filter.getClass().getName(), filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(when, false, paths);
    }
}
