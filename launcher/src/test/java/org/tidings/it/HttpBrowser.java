package org.tidings.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser without scripts: keeps cookies (also {@code Secure} ones over {@code http://localhost}, as browsers do), fills
 * and sends forms with what they hold, follows redirects, and says where a request came from.
 */
public final class HttpBrowser {

    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI site;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String network = "";

    public HttpBrowser(String site) {
        this.site = URI.create(site);
        headers.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        headers.put("Accept-Language", "en");
    }

    /** Sends this header with every request from now on. */
    public HttpBrowser header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends forms through a proxy that names this network, unless another is named: limits by network are not used up together. */
    HttpBrowser sendsFrom(String address) {
        network = address;
        return this;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** @param path or a whole address on this site, as in a mail */
    public Page get(String path) {
        return follow(send("GET", site.resolve(path), BodyPublishers.noBody(), Map.of()), site.resolve(path), "");
    }

    /** A POST of form fields, with everything that a browser adds, but no form's hidden fields. */
    public Page post(String path, Map<String, String> fields) {
        return submit("POST", site.resolve(path), fields);
    }

    /** One request as it is, redirects not followed. */
    public HttpResponse<String> request(String method, String path, String body, Map<String, String> extraHeaders) {
        return send(method, site.resolve(path), BodyPublishers.ofString(body), extraHeaders);
    }

    private Page submit(String method, URI target, Map<String, String> fields) {
        String encoded = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        if (method.equals("GET")) {
            return get(target.getPath() + (encoded.isEmpty() ? "" : "?" + encoded));
        }
        return follow(
                send(
                        method,
                        target,
                        BodyPublishers.ofString(encoded),
                        Map.of("Content-Type", "application/x-www-form-urlencoded")),
                target,
                encoded);
    }

    /** 307 repeats the form at the new address; after any other redirect it is over. */
    private Page follow(HttpResponse<String> first, URI firstTarget, String form) {
        HttpResponse<String> response = first;
        URI target = firstTarget;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() < 300 || response.statusCode() >= 400 || location.isEmpty()) {
                return new Page(response, target);
            }
            target = target.resolve(location.get());
            response = response.statusCode() == 307 && !form.isEmpty()
                    ? send(
                            "POST",
                            target,
                            BodyPublishers.ofString(form),
                            Map.of("Content-Type", "application/x-www-form-urlencoded"))
                    : send("GET", target, BodyPublishers.noBody(), Map.of());
        }
        throw new AssertionError("redirected in circles at " + target);
    }

    private HttpResponse<String> send(String method, URI target, BodyPublisher body, Map<String, String> extra) {
        var request =
                HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(60)).method(method, body);
        headers.forEach(request::setHeader);
        if (!method.equals("GET") && !method.equals("HEAD")) {
            request.header("Origin", site.getScheme() + "://" + site.getAuthority());
            request.header("Sec-Fetch-Site", "same-origin");
            if (!network.isEmpty()) {
                request.setHeader("X-Forwarded-For", headers.getOrDefault("X-Forwarded-For", network));
            }
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        extra.forEach(request::setHeader);
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if (value.isEmpty() || header.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What came back. */
    public final class Page {
        private final HttpResponse<String> response;
        private final URI address;

        Page(HttpResponse<String> response, URI address) {
            this.response = response;
            this.address = address;
        }

        public int status() {
            return response.statusCode();
        }

        /** Where redirects led to. */
        public String path() {
            return address.getPath();
        }

        public String body() {
            return response.body();
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        public Document document() {
            return Jsoup.parse(body(), address.toString());
        }

        /** What a person reads. */
        public String text() {
            return document().body().text();
        }

        /** The form that this CSS selector finds, filled as the page came. */
        public Form form(String selector) {
            Element form = document().selectFirst(selector);
            if (form == null) {
                throw new AssertionError("no form " + selector + " on " + address + " (" + status() + "):\n" + text());
            }
            return new Form(form);
        }

        /** The form that goes to this path. */
        public Form formTo(String path) {
            return form("form[action='" + path + "']");
        }

        /** The only form of the page's main part. */
        public Form form() {
            return form("main form[method=post]");
        }

        /** Follows the first link with this text in it. */
        public Page click(String text) {
            return document().select("a[href]").stream()
                    .filter(link -> link.text().contains(text))
                    .findFirst()
                    .map(link -> get(link.absUrl("href")))
                    .orElseThrow(() -> new AssertionError("no link \"" + text + "\" on " + address + ":\n" + text()));
        }
    }

    /** A form on a page. */
    public final class Form {
        private final Element form;
        private final Map<String, String> fields = new LinkedHashMap<>();

        Form(Element form) {
            this.form = form;
            for (Element field : form.select("input[name], textarea[name], select[name]")) {
                String type = field.attr("type");
                if (field.hasAttr("disabled") || type.equals("submit")) {
                    continue;
                }
                if (type.equals("checkbox") || type.equals("radio")) {
                    if (field.hasAttr("checked")) {
                        fields.put(field.attr("name"), field.hasAttr("value") ? field.attr("value") : "on");
                    }
                } else if (field.normalName().equals("select")) {
                    Element chosen = field.selectFirst("option[selected]");
                    Element first = field.selectFirst("option");
                    Element option = chosen == null ? first : chosen;
                    if (option != null) {
                        fields.put(field.attr("name"), option.val());
                    }
                } else {
                    fields.put(
                            field.attr("name"),
                            field.normalName().equals("textarea") ? field.wholeText() : field.val());
                }
            }
        }

        /** Types into a field, ticks a box with its value, chooses an option. */
        public Form fill(String name, String value) {
            if (form.select("[name='" + name + "']").isEmpty()) {
                throw new AssertionError("no field " + name + " in " + form.outerHtml());
            }
            fields.put(name, value);
            return this;
        }

        public Form tick(String name) {
            Element box = form.selectFirst("input[name='" + name + "']");
            return fill(name, box != null && box.hasAttr("value") ? box.attr("value") : "on");
        }

        /** Takes the tick out of a box. */
        public Form untick(String name) {
            fields.remove(name);
            return this;
        }

        /** What the field holds now. */
        public String value(String name) {
            return fields.getOrDefault(name, "");
        }

        public Page submit() {
            String method =
                    form.attr("method").isEmpty() ? "GET" : form.attr("method").toUpperCase(java.util.Locale.ROOT);
            String action = form.hasAttr("action") ? form.absUrl("action") : form.baseUri();
            return HttpBrowser.this.submit(method, URI.create(action), fields);
        }

        /** Sends with the submit button of this name and value. */
        public Page submitWith(String name, String value) {
            fields.put(name, value);
            return submit();
        }
    }
}
