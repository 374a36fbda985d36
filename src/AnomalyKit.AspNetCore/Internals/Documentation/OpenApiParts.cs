namespace AnomalyKit.Serving.Documentation;

/// <summary>The parts of the document that do not depend on the models.</summary>
internal static class OpenApiParts
{
    public const string ScoreParameters =
        """
        [{"name": "explain", "in": "query", "description": "How many columns to name for each anomaly; 0 for none", "schema": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 0}},
         {"name": "explain_all", "in": "query", "description": "Whether to name columns for all rows", "schema": {"type": "boolean", "default": false}}]
        """;

    public const string ScoreResponses =
        """
        {"200": {"description": "One score per row", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/scores"}},
            "application/x-ndjson": {"schema": {"$ref": "#/components/schemas/scored_line"}}}},
         "default": {"$ref": "#/components/responses/problem"}}
        """;

    public const string Responses =
        """{"problem": {"description": "What is wrong, as RFC 9457 has it; 429, and 503 where waiting helps, come with Retry-After", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}}""";

    public const string SecuritySchemes =
        """{"api_key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}, "bearer": {"type": "http", "scheme": "bearer"}}""";

    /// <summary>Routes and their operations. What many of them have in common is named once.</summary>
    public static IEnumerable<(string Path, string Operations)> Paths => Operations.Select(part => (part.Path, part.Text
        .Replace("@problem", """{"$ref": "#/components/responses/problem"}""", StringComparison.Ordinal)
        .Replace("@done", """{"description": "Done", "content": {"application/json": {"schema": {"type": "object"}}}}""", StringComparison.Ordinal)
        .Replace("@name", """{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}}""", StringComparison.Ordinal)));

    private static readonly (string Path, string Text)[] Operations =
    [
        ("/predict",
            """
            {"post": {"summary": "Label rows of numbers by the default model", "operationId": "predict",
              "parameters": [{"name": "model", "in": "query", "description": "Another model than the default one", "schema": {"type": "string"}}],
              "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": {"type": "array", "items": {"type": ["number", "null"]}}}}}}}},
              "responses": {"200": {"description": "1 for an anomaly, 0 for another row", "content": {"application/json": {"schema": {"type": "object", "required": ["predictions", "latency_ms"], "properties": {"predictions": {"type": "array", "items": {"type": "integer", "enum": [0, 1]}}, "latency_ms": {"type": "number"}}}}}}, "default": @problem}}}
            """),
        ("/v1/models", """{"get": {"summary": "List the models that are served", "operationId": "models", "responses": {"200": @done, "default": @problem}}}"""),
        ("/v1/models/{name}", """{"parameters": [@name], "get": {"summary": "Describe a model and its columns", "operationId": "model", "responses": {"200": @done, "default": @problem}}}"""),
        ("/v1/models/{name}/drift", """{"parameters": [@name], "get": {"summary": "Compare live rows with the training rows", "operationId": "drift", "responses": {"200": @done, "default": @problem}}}"""),
        ("/health/live", """{"get": {"summary": "Tell that the process answers", "operationId": "live", "security": [], "responses": {"200": @done}}}"""),
        ("/health/ready", """{"get": {"summary": "Tell whether requests can be sent here", "operationId": "ready", "security": [], "responses": {"200": @done, "503": @done}}}"""),
    ];

    public static IReadOnlyList<(string Name, string Schema)> Schemas { get; } =
    [
        ("problem",
            """
            {"type": "object", "required": ["title", "status", "detail"], "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
              "row": {"type": "integer", "description": "The zero-based row at fault"}, "column": {"type": "string"}, "value": {"type": "string"}}}
            """),
        ("scored_row",
            """
            {"type": "object", "required": ["score", "label"], "properties": {"score": {"type": ["number", "null"], "description": "Higher is more anomalous"}, "label": {"type": "boolean", "description": "Whether the score is above the threshold"},
              "p_value": {"type": "number", "description": "The probability that an ordinary row scores at least as high; only of models that are calibrated"},
              "contributions": {"type": "array", "items": {"type": "object", "required": ["column", "value", "contribution"], "properties": {"column": {"type": "string"}, "value": {"type": ["number", "string", "boolean", "null"]}, "contribution": {"type": "number"}, "expected": {"type": "number", "description": "What the rest of the row leads one to expect; only of detectors that know it"}}}},
              "reasons": {"type": "array", "items": {"type": "string"}}}}
            """),
        ("scored_line",
            """
            {"oneOf": [{"allOf": [{"$ref": "#/components/schemas/scored_row"}, {"type": "object", "required": ["row"], "properties": {"row": {"type": "integer"}}}]},
              {"type": "object", "required": ["error"], "description": "A line that cannot be used; without row it ends the stream", "properties": {"row": {"type": "integer"}, "error": {"type": "string"}, "column": {"type": "string"}}}]}
            """),
        ("scores",
            """
            {"type": "object", "required": ["model", "version", "threshold", "rows", "latency_ms"], "properties": {"model": {"type": "string"}, "version": {"type": "string"}, "threshold": {"type": ["number", "null"]},
              "rows": {"type": "array", "items": {"$ref": "#/components/schemas/scored_row"}}, "explained_rows": {"type": "integer"}, "unexplained_rows": {"type": "integer"}, "latency_ms": {"type": "number"}}}
            """),
    ];
}
