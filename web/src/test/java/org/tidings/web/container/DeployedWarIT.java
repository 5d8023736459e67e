package org.tidings.web.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR as built deploys in a container that nobody prepared, migrates its database and answers. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DeployedWarIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // given by Arquillian
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() throws IOException {
        Path data = Path.of("target/container/data");
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        }
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File(System.getProperty("tidings.war")))
                .as(WebArchive.class);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(base.getHost(), path);
    }

    private HttpResponse<String> get(String host, String path) throws IOException, InterruptedException {
        URI address = URI.create(base.getProtocol() + "://" + host + ":" + base.getPort() + path);
        return client.send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Its state is for this machine alone, and Arquillian knows the container by the network's address. */
    @Test
    void isReadyWithItsDatabaseMigrated() throws Exception {
        HttpResponse<String> ready = get("localhost", "/health/ready");

        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    }

    @Test
    void showsThePolicyThatItsMigratedDatabaseHolds() throws Exception {
        HttpResponse<String> policy = get("/privacy");

        assertThat(policy.statusCode()).isEqualTo(200);
        assertThat(policy.body()).contains("Privacy policy");
    }

    @Test
    void showsTheHomePageUnderItsContentSecurityPolicy_SEC41() throws Exception {
        HttpResponse<String> home = get("/");

        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body()).contains("<h1").contains("/register");
        assertThat(home.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
    }

    @Test
    void putsThoseHeadersOnErrorPagesToo_SEC41_SEC43_SEC46() throws Exception {
        HttpResponse<String> missing = get("/there-is-no-such-page");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(missing.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(missing.body()).doesNotContain("Payara").doesNotContain("Exception");
    }
}
