package org.tidings.web.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/** The operations of the JSON API as programs see them, read from the resources themselves (NLT-D3). */
final class DescribedOperations {

    private static final String PROBLEM = "Problem";

    private final DescribedTypes types = new DescribedTypes();
    private final Map<String, PathItem> paths = new TreeMap<>();

    Map<String, PathItem> paths() {
        return paths;
    }

    Map<String, Schema> schemas() {
        Map<String, Schema> all = new TreeMap<>(types.named());
        all.put(PROBLEM, problem());
        return all;
    }

    void add(Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            methodOf(method).ifPresent(verb -> {
                String path = path(resource, method);
                paths.computeIfAbsent(path, p -> OASFactory.createPathItem())
                        .setOperation(verb, operation(resource, method, path));
            });
        }
    }

    private static Optional<HttpMethod> methodOf(Method method) {
        if (method.isAnnotationPresent(GET.class)) {
            return Optional.of(HttpMethod.GET);
        } else if (method.isAnnotationPresent(POST.class)) {
            return Optional.of(HttpMethod.POST);
        } else if (method.isAnnotationPresent(PUT.class)) {
            return Optional.of(HttpMethod.PUT);
        }
        return method.isAnnotationPresent(DELETE.class) ? Optional.of(HttpMethod.DELETE) : Optional.empty();
    }

    /** Without the patterns that JAX-RS has in it: {@code {id: [0-9a-f-]{36}}} is {@code {id}}. */
    static String path(Class<?> resource, Method method) {
        String path = resource.getAnnotation(Path.class).value();
        Path below = method.getAnnotation(Path.class);
        String whole = below == null ? path : path + (below.value().startsWith("/") ? "" : "/") + below.value();
        return whole.replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}");
    }

    private Operation operation(Class<?> resource, Method method, String path) {
        Operation operation = OASFactory.createOperation();
        org.eclipse.microprofile.openapi.annotations.Operation said =
                method.getAnnotation(org.eclipse.microprofile.openapi.annotations.Operation.class);
        operation.setOperationId(said == null ? method.getName() : said.operationId());
        if (said != null) {
            operation.setSummary(said.summary());
            operation.setDescription(said.description().isEmpty() ? null : said.description());
        }
        operation.addTag(path.split("/", -1)[3]);
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            describe(resource, method, parameter, operation);
        }
        if (method.isAnnotationPresent(Idempotent.class)) {
            operation.addParameter(OASFactory.createParameter()
                    .name("Idempotency-Key")
                    .in(Parameter.In.HEADER)
                    .required(true)
                    .description("Chosen by the client for this one operation")
                    .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
        }
        operation.setResponses(responses(resource, method));
        return operation;
    }

    private void describe(
            Class<?> resource, Method method, java.lang.reflect.Parameter parameter, Operation operation) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        if (inPath != null) {
            operation.addParameter(OASFactory.createParameter()
                    .name(inPath.value())
                    .in(Parameter.In.PATH)
                    .required(true)
                    .schema(types.of(parameter.getParameterizedType())));
        } else if (inQuery != null) {
            operation.addParameter(OASFactory.createParameter()
                    .name(inQuery.value())
                    .in(Parameter.In.QUERY)
                    .required(false)
                    .schema(types.of(parameter.getParameterizedType())));
        } else if (parameter.isAnnotationPresent(HeaderParam.class)) {
            described(parameter.getAnnotation(HeaderParam.class), operation);
        } else if (!parameter.isAnnotationPresent(Context.class)) {
            operation.setRequestBody(OASFactory.createRequestBody()
                    .required(true)
                    .content(content(types.of(parameter.getParameterizedType()), consumed(resource, method))));
        }
    }

    /** Content-Length and its like are HTTP's own, and OpenAPI leaves them out. */
    private static void described(HeaderParam header, Operation operation) {
        if (!header.value().startsWith("Content-")) {
            operation.addParameter(OASFactory.createParameter()
                    .name(header.value())
                    .in(Parameter.In.HEADER)
                    .required(false)
                    .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
        }
    }

    private static String[] consumed(Class<?> resource, Method method) {
        Consumes said = Optional.ofNullable(method.getAnnotation(Consumes.class))
                .orElse(resource.getAnnotation(Consumes.class));
        return said == null ? new String[] {MediaType.APPLICATION_JSON} : said.value();
    }

    private static String produced(Class<?> resource, Method method) {
        Produces said = Optional.ofNullable(method.getAnnotation(Produces.class))
                .orElse(resource.getAnnotation(Produces.class));
        return said == null ? MediaType.APPLICATION_JSON : said.value()[0];
    }

    private APIResponses responses(Class<?> resource, Method method) {
        APIResponses responses = OASFactory.createAPIResponses();
        APIResponseSchema said = method.getAnnotation(APIResponseSchema.class);
        Type returned = said == null ? method.getGenericReturnType() : said.value();
        boolean unsaid = returned == Response.class || returned == void.class;
        APIResponse well = OASFactory.createAPIResponse().description("Done");
        if (!unsaid) {
            well.setContent(content(types.of(returned), produced(resource, method)));
        }
        String code = said == null || said.responseCode().isEmpty() ? codeOf(method, unsaid) : said.responseCode();
        responses.addAPIResponse(code, well);
        described(resource, method, unsaid, code, responses);
        responses.addAPIResponse(
                "default",
                OASFactory.createAPIResponse()
                        .description("What was wrong (RFC 9457)")
                        .content(content(OASFactory.createSchema().ref(PROBLEM), "application/problem+json")));
        return responses;
    }

    /** What the resource says of its answers itself; of a success that nobody has typed it alone. */
    private void described(Class<?> resource, Method method, boolean unsaid, String code, APIResponses responses) {
        for (var one :
                method.getAnnotationsByType(org.eclipse.microprofile.openapi.annotations.responses.APIResponse.class)) {
            if (unsaid && one.responseCode().startsWith("2")) {
                responses.removeAPIResponse(code);
            }
        }
        for (var one :
                method.getAnnotationsByType(org.eclipse.microprofile.openapi.annotations.responses.APIResponse.class)) {
            APIResponse response = OASFactory.createAPIResponse().description(one.description());
            for (var said : one.content()) {
                Class<?> type = said.schema().implementation();
                String media = said.mediaType().isEmpty() ? produced(resource, method) : said.mediaType();
                response.setContent(content(type == Void.class ? null : types.of(type), media));
            }
            responses.addAPIResponse(one.responseCode(), response);
        }
    }

    private static String codeOf(Method method, boolean unsaid) {
        if (!unsaid) {
            return "200";
        }
        return method.isAnnotationPresent(DELETE.class) || method.getReturnType() == void.class ? "204" : "202";
    }

    private static Content content(@Nullable Schema schema, String... mediaTypes) {
        Content content = OASFactory.createContent();
        for (String type : mediaTypes) {
            content.addMediaType(type, OASFactory.createMediaType().schema(schema));
        }
        return content;
    }

    private static Schema problem() {
        Schema error = OASFactory.createSchema().addType(SchemaType.OBJECT);
        for (String field : new String[] {"pointer", "code", "detail"}) {
            error.addProperty(field, OASFactory.createSchema().addType(SchemaType.STRING));
        }
        Schema problem = OASFactory.createSchema().addType(SchemaType.OBJECT);
        for (String field : new String[] {"type", "title", "correlationId"}) {
            problem.addProperty(field, OASFactory.createSchema().addType(SchemaType.STRING));
            problem.addRequired(field);
        }
        problem.addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER));
        problem.addRequired("status");
        return problem.addProperty(
                "errors", OASFactory.createSchema().addType(SchemaType.ARRAY).items(error));
    }
}
