package tokenly.status;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /info}: what is set on this server, so that a page can tell what a call will miss (PROTOCOL.md, "ICE servers"). */
@Path("/")
@RequestScoped
public class InfoResource {

    @Inject
    InfoJson info;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response info() {
        CacheControl fresh = new CacheControl();
        fresh.setNoStore(true);
        return Response.ok(info).cacheControl(fresh).build();
    }
}
