using System.Text.Json;

namespace AnomalyKit.Batch.Sharding;

/// <summary>Reads the fields of a JSON object that a stranger may have written: what is missing or of another kind is an error that names file and field.</summary>
internal sealed class JsonFields(JsonElement element, string path)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for errors.</param>
    /// <param name="read">Takes the fields of its object.</param>
    public static T ReadFile<T>(string path, string what, Func<JsonFields, T> read)
    {
        const long MaxBytes = 256 << 20;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw new ShardException($"'{path}' is too large to be a {what}.");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(new JsonFields(document.RootElement, path))
                : throw new ShardException($"'{path}' is not a {what}: it holds no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ShardException($"'{path}' is not a {what}: it is not JSON ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
        catch (ArgumentException exception)
        {
            throw new ShardException($"'{path}' is not a {what}: {exception.Message}", exception);
        }
    }

    public string Text(string name) => Field(name, JsonValueKind.String).GetString()!;

    public string? TextOrNull(string name) => element.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? Text(name) : null;

    public long Count(string name, long minimum = 0, long maximum = 1L << 52)
    {
        var field = Field(name, JsonValueKind.Number);
        return field.TryGetInt64(out long number) && number >= minimum && number <= maximum
            ? number
            : throw Wrong(name, $"{field.GetRawText()} is not a whole number from {minimum} to {maximum}");
    }

    public bool Has(string name) => element.TryGetProperty(name, out _);

    public bool Flag(string name) => element.TryGetProperty(name, out var field) && field.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? field.GetBoolean()
        : throw Wrong(name, "true or false was expected");

    public JsonFields Object(string name) => new(Field(name, JsonValueKind.Object), path);

    public IReadOnlyList<JsonFields> List(string name) =>
        [.. Field(name, JsonValueKind.Array).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? new JsonFields(item, path) : throw Wrong(name, "one of the items is not an object"))];

    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in Field(name, JsonValueKind.Object).EnumerateObject())
            texts[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : throw Wrong(name, $"'{property.Name}' is not a string");
        return texts;
    }

    public T OneOf<T>(string name, params (string Word, T Value)[] known)
    {
        string word = Text(name);
        foreach (var (candidate, value) in known)
        {
            if (candidate == word)
                return value;
        }

        throw Wrong(name, $"'{word}' is not one of {string.Join(", ", known.Select(pair => pair.Word))}");
    }

    public ShardException Wrong(string name, string problem) => new($"'{path}' cannot be used: the field '{name}' is invalid ({problem}). Create it again.");

    private JsonElement Field(string name, JsonValueKind kind) => element.TryGetProperty(name, out var field)
        ? field.ValueKind == kind ? field : throw Wrong(name, $"{field.ValueKind.ToString().ToLowerInvariant()} was found where {kind.ToString().ToLowerInvariant()} was expected")
        : throw new ShardException($"'{path}' cannot be used: it has no '{name}'. Create it again.");
}
