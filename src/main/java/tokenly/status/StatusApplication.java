package tokenly.status;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** JAX-RS below {@code /status} only, so that the rest of the site is served as files. */
@ApplicationPath("/status")
public class StatusApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(StatusResource.class);
    }
}
