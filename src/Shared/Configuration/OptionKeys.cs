namespace AnomalyKit.Configuration;

/// <summary>The keys that a section of the configuration may hold. Written out, because options are bound by generated code and nothing is reflected over.</summary>
internal sealed class OptionKeys
{
    private readonly Dictionary<string, OptionKeys> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly OptionKeys? _items;
    private readonly bool _takesAll;

    private OptionKeys(OptionKeys? items, bool takesAll) => (_items, _takesAll) = (items, takesAll);

    /// <summary>Keys by name, each with a single value; more come by <see cref="With"/>.</summary>
    public OptionKeys(params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
            _keys.Add(value, None);
    }

    /// <summary>A single value: nothing below it.</summary>
    public static OptionKeys None { get; } = new(items: null, takesAll: false);

    /// <summary>Anything: somebody else looks at it.</summary>
    public static OptionKeys Any { get; } = new(items: null, takesAll: true);

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _keys.Keys;

    /// <summary>A list or a dictionary, whose keys are of the one who configures.</summary>
    public static OptionKeys Each(OptionKeys item) => new(item, takesAll: false);

    /// <summary>Adds a section.</summary>
    public OptionKeys With(string name, OptionKeys keys)
    {
        _keys.Add(name, keys);
        return this;
    }

    /// <summary>What a key holds; null where there is none of that name.</summary>
    public OptionKeys? Find(string name) => _takesAll ? Any : _items ?? _keys.GetValueOrDefault(name);
}
