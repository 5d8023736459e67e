package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeDetailsRejected;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.ChangedMeanwhile;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** What the site wants to know of its readers, for programs. */
@Path("/api/v1/attributes")
@Produces(MediaType.APPLICATION_JSON)
public class AttributesApi {

    private static final String KEY = "{key: [a-z][a-z0-9_]{0,39}}";

    private final Visitor visitor;
    private final Attributes attributes;

    @Inject
    public AttributesApi(Visitor visitor, Attributes attributes) {
        this.visitor = visitor;
        this.attributes = attributes;
    }

    /**
     * One of several values.
     *
     * @param labels by language, {@code en} among them
     */
    public record ChoiceJson(
            @Nullable String code, @Nullable Map<String, String> labels) {}

    /**
     * A definition.
     *
     * @param type text, number, date, choice or yes-no
     * @param labels by language, {@code en} among them
     * @param purposes what it is for, a sentence in each of these languages
     * @param seenBy reader, staff, program
     * @param changedBy reader, staff, program
     * @param version to be given back when it is changed
     */
    public record AttributeJson(
            @Nullable String key,
            @Nullable String type,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> purposes,
            @Nullable List<ChoiceJson> choices,
            @Nullable List<String> seenBy,
            @Nullable List<String> changedBy,
            @Nullable Long version) {

        static AttributeJson of(AttributeView view) {
            Map<String, String> labels = new LinkedHashMap<>();
            Map<String, String> purposes = new LinkedHashMap<>();
            view.details().words().forEach((language, words) -> {
                labels.put(language.toLanguageTag(), words.label());
                purposes.put(language.toLanguageTag(), words.purpose());
            });
            return new AttributeJson(
                    view.key(),
                    ApiViews.word(view.type()),
                    labels,
                    purposes,
                    view.details().choices().stream().map(AttributeJson::choice).toList(),
                    words(view.details().seenBy()),
                    words(view.details().changedBy()),
                    view.version());
        }

        private static ChoiceJson choice(AttributeChoice choice) {
            Map<String, String> labels = new LinkedHashMap<>();
            choice.labels().forEach((language, label) -> labels.put(language.toLanguageTag(), label));
            return new ChoiceJson(choice.code(), labels);
        }

        private static List<String> words(Set<AttributeParty> parties) {
            return parties.stream().sorted().map(ApiViews::word).toList();
        }
    }

    /** All of them. */
    public record AttributeList(List<AttributeJson> items) {}

    @GET
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "listAttributes", summary = "What is to be known of readers, and what for")
    public AttributeList list() {
        return new AttributeList(
                attributes.all().stream().map(AttributeJson::of).toList());
    }

    @GET
    @Path(KEY)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getAttribute", summary = "One attribute")
    public AttributeJson get(@PathParam("key") String key) {
        return AttributeJson.of(find(key));
    }

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(value = AttributeJson.class, responseCode = "201")
    @Operation(operationId = "createAttribute", summary = "Defines an attribute; each needs a sentence what it is for")
    public Response create(AttributeJson sent) {
        AttributeDetails details = read(sent, Objects.requireNonNullElse(sent.key(), ""), type(sent.type()));
        try {
            attributes.define(details, visitor.account());
        } catch (AttributeDetailsRejected e) {
            throw refused(e);
        }
        return Response.created(URI.create("/api/v1/attributes/" + details.key()))
                .entity(get(details.key()))
                .build();
    }

    @PUT
    @Path(KEY)
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateAttribute", summary = "Changes all but key and type")
    public AttributeJson update(@PathParam("key") String key, AttributeJson sent) {
        AttributeView view = find(key);
        Long version = sent.version();
        if (version == null) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/version", "missing")));
        }
        try {
            attributes.change(view.id(), read(sent, key, view.type()), version, visitor.account());
        } catch (AttributeDetailsRejected e) {
            throw refused(e);
        } catch (ChangedMeanwhile e) {
            throw new Problem(ProblemType.CONFLICT);
        }
        return get(key);
    }

    @DELETE
    @Path(KEY)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "deleteAttribute", summary = "Removes it with everything that is known by it")
    public Response delete(@PathParam("key") String key) {
        attributes.remove(find(key).id(), visitor.account());
        return Response.noContent().build();
    }

    private AttributeView find(String key) {
        return attributes.findByKey(key).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static AttributeType type(@Nullable String word) {
        return Stream.of(AttributeType.values())
                .filter(type -> ApiViews.word(type).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.INVALID, List.of(new Violation("/type", "unknown"))));
    }

    private static AttributeDetails read(AttributeJson sent, String key, AttributeType type) {
        Map<String, String> labels = Objects.requireNonNullElse(sent.labels(), Map.of());
        Map<String, String> purposes = Objects.requireNonNullElse(sent.purposes(), Map.of());
        Map<Locale, AttributeWords> words = new LinkedHashMap<>();
        labels.forEach((language, label) -> words.put(
                Locale.forLanguageTag(language),
                new AttributeWords(
                        Objects.requireNonNullElse(label, ""),
                        Objects.requireNonNullElse(purposes.get(language), ""))));
        return new AttributeDetails(
                key,
                type,
                words,
                Objects.requireNonNullElse(sent.choices(), List.<ChoiceJson>of()).stream()
                        .map(AttributesApi::choice)
                        .toList(),
                parties("/seenBy", sent.seenBy()),
                parties("/changedBy", sent.changedBy()));
    }

    private static AttributeChoice choice(ChoiceJson sent) {
        Map<Locale, String> labels = new LinkedHashMap<>();
        Objects.requireNonNullElse(sent.labels(), Map.<String, String>of())
                .forEach((language, label) ->
                        labels.put(Locale.forLanguageTag(language), Objects.requireNonNullElse(label, "")));
        return new AttributeChoice(Objects.requireNonNullElse(sent.code(), ""), labels);
    }

    private static Set<AttributeParty> parties(String pointer, @Nullable List<String> sent) {
        List<String> words = Objects.requireNonNullElse(sent, List.of());
        Set<AttributeParty> parties = AttributeForm.parties(words);
        if (parties.size() != Set.copyOf(words).size()) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation(pointer, "unknown")));
        }
        return parties;
    }

    private static Problem refused(AttributeDetailsRejected e) {
        return new Problem(
                ProblemType.INVALID,
                e.fields().entrySet().stream()
                        .map(wrong -> new Violation(pointer(wrong.getKey()), ApiViews.word(wrong.getValue())))
                        .toList());
    }

    private static String pointer(String field) {
        return switch (field) {
            case "seen-by" -> "/seenBy";
            case "key", "choices" -> "/" + field;
            default -> "/" + field.replace("label.", "labels/").replace("purpose.", "purposes/");
        };
    }

    // Values

    /** Values as JSON has them, as if they had been typed; null forgets one. */
    static Map<String, String> typed(@Nullable Map<String, @Nullable Object> sent) {
        Map<String, String> typed = new LinkedHashMap<>();
        if (sent != null) {
            sent.forEach((key, value) -> typed.put(key, text(value)));
        }
        return typed;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        throw new Problem(ProblemType.INVALID, List.of(new Violation("/attributes/…", "not-a-value")));
    }

    /** A value as JSON has it. */
    static Object json(AttributeView attribute, String value) {
        return switch (attribute.type()) {
            case NUMBER -> new BigDecimal(value);
            case YES_NO -> value.equals("yes");
            case TEXT, DATE, CHOICE -> value;
        };
    }

    static Problem refused(AttributeValuesRejected e) {
        return new Problem(
                ProblemType.INVALID,
                e.byKey().entrySet().stream()
                        // An unknown key is what was sent, and is not sent back.
                        .map(wrong -> new Violation(
                                "/attributes/" + (wrong.getValue() == Reason.UNKNOWN ? "…" : wrong.getKey()),
                                ApiViews.word(wrong.getValue())))
                        .toList());
    }
}
