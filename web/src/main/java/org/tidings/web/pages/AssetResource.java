package org.tidings.web.pages;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.tidings.web.access.Public;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Serves assets: for ever under their hashed address, for a little while under a former one. */
@Path("/")
public class AssetResource {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FOR_A_MINUTE = "public, max-age=60";

    private final Assets assets;

    @Inject
    public AssetResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Path("assets/{version}/{name: .+}")
    @Public
    public Response asset(
            @PathParam("version") String version,
            @PathParam("name") String name,
            @HeaderParam("Accept-Encoding") @Nullable String encodings) {
        return answer(name, version.equals(assets.version()) ? FOR_EVER : FOR_A_MINUTE, encodings);
    }

    /** Browsers ask for it unasked. */
    @GET
    @Path("favicon.ico")
    @Public
    public Response favicon(@HeaderParam("Accept-Encoding") @Nullable String encodings) {
        return answer("icon.svg", FOR_A_MINUTE, encodings);
    }

    private Response answer(String name, String cacheControl, @Nullable String encodings) {
        var asset = assets.find(name).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        var packed = asset.packed();
        var response = Response.ok()
                .header("Content-Type", asset.type())
                .header("Cache-Control", cacheControl)
                .header("Vary", "Accept-Encoding");
        if (packed != null && encodings != null && encodings.contains("gzip")) {
            return response.entity(packed).header("Content-Encoding", "gzip").build();
        }
        return response.entity(asset.bytes()).build();
    }
}
