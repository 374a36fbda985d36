namespace AnomalyKit.Serving.Loading;

/// <summary>How the columns of two models of one name differ.</summary>
internal static class ColumnChanges
{
    /// <summary>Says what clients must send differently.</summary>
    /// <returns>For example <c>new: device; gone: channel; other kind: amount</c>; null if nothing differs.</returns>
    public static string? Between(TableSchema before, TableSchema after)
    {
        var old = before.Fields.ToDictionary(field => field.Name, field => field.Kind, StringComparer.Ordinal);
        var now = after.Fields.ToDictionary(field => field.Name, field => field.Kind, StringComparer.Ordinal);
        string[] parts =
        [
            .. Part("new", now.Keys.Where(name => !old.ContainsKey(name))),
            .. Part("gone", old.Keys.Where(name => !now.ContainsKey(name))),
            .. Part("other kind", now.Where(field => old.TryGetValue(field.Key, out var kind) && kind != field.Value).Select(field => field.Key)),
            .. now.Count == old.Count && now.Keys.All(old.ContainsKey) && !after.Fields.Select(field => field.Name).SequenceEqual(before.Fields.Select(field => field.Name)) ? ["another order"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    private static IEnumerable<string> Part(string what, IEnumerable<string> names) => names.ToArray() is { Length: > 0 } some ? [$"{what}: {string.Join(", ", some)}"] : [];
}
