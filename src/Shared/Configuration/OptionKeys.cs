namespace AnomalyKit.Configuration;

/// <summary>The keys that a section of the configuration may hold. Written out, because options are bound by generated code and nothing is reflected over.</summary>
internal sealed class OptionKeys
{
    private readonly Dictionary<string, OptionKeys> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly OptionKeys? _items;

    private OptionKeys(OptionForm form, OptionKeys? items = null) => (Form, _items) = (form, items);

    /// <summary>Keys by name, each with a single value; more come by <see cref="With"/>.</summary>
    public OptionKeys(params ReadOnlySpan<string> values)
        : this(OptionForm.Section)
    {
        foreach (string value in values)
            _keys.Add(value, None);
    }

    /// <summary>A single value: nothing below it.</summary>
    public static OptionKeys None { get; } = new(OptionForm.Value);

    /// <summary>A single value that is a length of time.</summary>
    public static OptionKeys Duration { get; } = new(OptionForm.Duration);

    /// <summary>Anything: somebody else looks at it.</summary>
    public static OptionKeys Any { get; } = new(OptionForm.Any);

    /// <summary>What the configuration holds here.</summary>
    public OptionForm Form { get; }

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _keys.Keys;

    /// <summary>A dictionary, whose keys are of the one who configures.</summary>
    public static OptionKeys Each(OptionKeys item) => new(OptionForm.Dictionary, item);

    /// <summary>A list, whose keys are numbers.</summary>
    public static OptionKeys List(OptionKeys item) => new(OptionForm.List, item);

    /// <summary>Adds a section.</summary>
    public OptionKeys With(string name, OptionKeys keys)
    {
        _keys.Add(name, keys);
        return this;
    }

    /// <summary>Adds lengths of time.</summary>
    public OptionKeys WithDurations(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            _keys.Add(name, Duration);
        return this;
    }

    /// <summary>What a key holds; null where there is none of that name.</summary>
    public OptionKeys? Find(string name) => Form == OptionForm.Any ? Any : _items ?? _keys.GetValueOrDefault(name);
}
