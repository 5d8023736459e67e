package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is known of readers, from its definition to an issue that goes to some of them, and its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadersIT {

    private static final String HOSTILE = "Bern <b>&</b> {{unsubscribeUrl}} \u05d0\u05d1 🚀";

    private final HttpBrowser staff = Crew.administrator();
    private final String token = Crew.token("NEWSLETTERS_WRITE", "NEWSLETTERS_SEND", "SUBSCRIBERS");

    private HttpResponse<String> api(String method, String path, String body) {
        return site().browser()
                .request(
                        method,
                        path,
                        body,
                        Map.of(
                                "Authorization",
                                "Bearer " + token,
                                "Accept",
                                "application/json",
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                UUID.randomUUID().toString()));
    }

    private JsonObject json(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    private void define(String key) {
        var form = staff.get("/staff/attributes/new").formTo("/staff/attributes/new");
        var refused = form.fill("key", key).fill("label-en", "Your town").submit();
        assertThat(refused.status()).as("no purpose").isEqualTo(422);
        var defined = refused.formTo("/staff/attributes/new")
                .fill("purpose-en", "So that we tell you of meetings near you.")
                .submit();
        assertThat(defined.path()).isEqualTo("/staff/attributes");
        assertThat(defined.text()).contains(key, "So that we tell you of meetings near you.");
    }

    /** By the newsletter's page, with an answer, confirmed. */
    private void joins(String slug, String address, String field, String town) {
        HttpBrowser browser = site().browser();
        var page = browser.get("/newsletters/" + slug);
        assertThat(page.text()).contains("Your town", "So that we tell you of meetings near you.");
        page.formTo("/newsletters/" + slug)
                .fill("address", address)
                .fill(field, town)
                .submit();
        var link = site().mails().to(address, "confirm").link("/subscribe/confirm/");
        var confirming = browser.get(link);
        assertThat(confirming.text()).contains(town);
        assertThat(confirming.document().select("main dd b")).isEmpty();
        confirming.form().submit();
    }

    /** Without an account, by the link in a mail. */
    private HttpBrowser.Page sheet(HttpBrowser browser, String address) {
        browser.get("/manage").formTo("/manage").fill("address", address).submit();
        String link = site().mails().to(address, "Your link").link("/manage/link/");
        return browser.get(link).form("form[action$=/open]").submit();
    }

    private void segment(String name, String condition) {
        json(201, api("POST", "/api/v1/segments", "{\"name\":" + quoted(name) + ",\"condition\":" + condition + "}"));
    }

    private String segmentId(String name) {
        return json(200, api("GET", "/api/v1/segments", ""))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getString("name").equals(name))
                .map(one -> one.getString("id"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitFinished(String mailing) {
        for (int i = 0; i < 1_200; i++) {
            if (json(200, api("GET", "/api/v1/mailings/" + mailing, ""))
                    .getString("state")
                    .equals("finished")) {
                return;
            }
            TidingsProcess.pause(50);
        }
        throw new AssertionError("not finished");
    }

    @Test
    void whatAReaderSaysDecidesWhichIssuesSheGetsUntilSheIsErased() {
        String key = "town" + UUID.randomUUID().toString().substring(0, 8);
        String field = "about-" + key;
        String slug = "it-" + key;
        define(key);
        String paper = json(
                        201,
                        api(
                                "POST",
                                "/api/v1/newsletters",
                                "{\"slug\":\"" + slug
                                        + "\",\"name\":\"Town post\",\"description\":\"d\",\"cadence\":\"c\"}"))
                .getString("id");
        staff.get("/staff/newsletters/" + paper + "/form")
                .formTo("/staff/newsletters/" + paper + "/form/questions")
                .fill("asked", key)
                .submit();
        assertThat(staff.get("/staff/newsletters/" + paper + "/form").text()).contains("name=\"" + field + "\"");
        String hostile = Site.fresh("hostile");
        String elsewhere = Site.fresh("elsewhere");
        String excluded = Site.fresh("excluded");
        joins(slug, hostile, field, HOSTILE);
        joins(slug, elsewhere, field, "Rome");
        joins(slug, excluded, field, "Paris");
        HttpBrowser own = site().browser();
        var saved = sheet(own, excluded)
                .form("form[action$=/details]")
                .fill(field, "old Bern")
                .submit();
        assertThat(saved.document().select("[name=" + field + "]").attr("value"))
                .isEqualTo("old Bern");
        JsonObject reader = json(200, api("POST", "/api/v1/readers/find", "{\"address\":" + quoted(excluded) + "}"));
        json(200, api("PUT", "/api/v1/readers/" + reader.getString("id"), "{\"tags\":[\"Tag of " + key + "\"]}"));

        segment("In Bern " + key, "{\"attribute\":\"" + key + "\",\"compare\":\"contains\",\"value\":\"BERN\"}");
        segment("Left out " + key, "{\"tag\":\"tag of " + key + "\"}");
        String only = segmentId("In Bern " + key);
        assertThat(staff.get("/staff/segments/" + only).text()).contains("2 readers fulfil it now");
        JsonObject issue = json(
                201,
                api(
                        "POST",
                        "/api/v1/newsletters/" + paper + "/issues",
                        "{\"subject\":\"From {{" + key + "|your town}}\",\"markdown\":\"Dear {{name|friend}} in {{"
                                + key + "|your town}}.\"}"));
        String id = issue.getString("id");
        String chosen = "{\"only\":\"" + only + "\",\"except\":\"" + segmentId("Left out " + key) + "\"}";
        assertThat(json(200, api("PUT", "/api/v1/issues/" + id + "/audience", chosen))
                        .getInt("recipients"))
                .isEqualTo(1);
        assertThat(staff.get("/staff/issues/" + id + "/send").text()).contains("In Bern " + key, "Left out " + key);
        String mailing = json(
                        202,
                        api("POST", "/api/v1/issues/" + id + "/send", "{\"version\":" + issue.getInt("version") + "}"))
                .getString("mailing");

        var mail = site().mails().to(hostile, "From Bern");
        assertThat(mail.subject()).contains("Bern <b>&</b> {{unsubscribeUrl}}");
        assertThat(mail.text()).contains("Dear friend in " + HOSTILE + ".");
        assertThat(mail.html())
                .contains("Bern &lt;b&gt;&amp;&lt;/b&gt; {{unsubscribeUrl}}")
                .doesNotContain("<b>&");
        awaitFinished(mailing);
        for (String other : List.of(elsewhere, excluded)) {
            assertThat(site().mails().all(other)).noneMatch(one -> one.subject().contains("From"));
        }

        var erasing = sheet(site().browser(), hostile).click("Erase my address");
        erasing.formTo(erasing.path()).fill("sure", "yes").submit();
        assertThat(staff.get("/staff/segments/" + only).text()).contains("1 reader fulfils it now");
        String export =
                staff.get("/staff/subscribers/export.csv?newsletter=" + slug).body();
        assertThat(export)
                .contains("attribute:" + key, "old Bern", "Tag of " + key)
                .doesNotContain("{{unsubscribeUrl}}");
    }

    @Test
    void staffAddCorrectAndEraseOneReader() {
        String slug = "it-hand" + UUID.randomUUID().toString().substring(0, 8);
        json(
                201,
                api(
                        "POST",
                        "/api/v1/newsletters",
                        "{\"slug\":\"" + slug + "\",\"name\":\"Hand post\",\"description\":\"d\",\"cadence\":\"c\"}"));
        String address = Site.fresh("byhand");

        var added = staff.get("/staff/readers/new")
                .formTo("/staff/readers/new")
                .fill("address", address)
                .fill("newsletter", slug)
                .fill("how", "proof")
                .fill("proof", "Signed the list at our stand on 12 October.")
                .fill("name", "Ada")
                .submit();
        assertThat(added.text()).contains("Added.", address, "Agreed", "Signed the list at our stand");
        var corrected = staff.get(added.path() + "/edit")
                .formTo(added.path() + "/edit")
                .fill("name", "Ada Lovelace")
                .fill("tags", "fair, VIP")
                .fill("reason", "written by letter")
                .submit();
        assertThat(corrected.text()).contains("Ada Lovelace", "fair", "VIP", "written by letter", "Corrected a reader");
        Map<String, String> fields = new HashMap<>();
        fields.put("_csrf", staff.get("/staff/readers").formTo("/staff/readers").value("_csrf"));
        fields.put("address", address);
        assertThat(staff.post("/staff/readers", fields).path()).isEqualTo(added.path());
        assertThat(List.of(URLEncoder.encode(address, StandardCharsets.UTF_8))).noneMatch(corrected.path()::contains);
    }
}
