namespace AnomalyKit.TextValues;

/// <summary>One way to write a value: a word, and arguments after a colon with commas between, such as <c>pareto[:RISK[,TAIL-FRACTION]]</c>. Arguments in brackets may be left out.</summary>
internal sealed class TextForm<T>
{
    private readonly Func<TextArguments, T> _make;
    private readonly int _fewest;
    private readonly int _most;

    /// <param name="usage">How it is written.</param>
    /// <param name="make">Makes the value; may throw an <see cref="ArgumentException"/>.</param>
    public TextForm(string usage, Func<TextArguments, T> make)
    {
        Usage = usage;
        _make = make;
        string pattern = usage.Replace("[:", ":[", StringComparison.Ordinal).Replace("[,", ",[", StringComparison.Ordinal);
        string[] parts = pattern.Split(':');
        Word = parts[0];
        string[] names = parts.Length > 1 ? parts[1].Split(',') : [];
        _most = names.Length;
        _fewest = names.Count(name => !name.Contains('['));
    }

    /// <summary>How it is written.</summary>
    public string Usage { get; }

    /// <summary>What it begins with.</summary>
    public string Word { get; }

    /// <summary>Reads the arguments.</summary>
    public T Read(string[] arguments)
    {
        if (arguments.Length >= _fewest && arguments.Length <= _most)
            return _make(new TextArguments(arguments));
        string many = _most == 0 ? "no value" : _fewest == _most ? "1 value" : $"{_fewest} to {_most} values";
        throw new ArgumentException($"'{Word}' takes {many} after a colon, and {arguments.Length} were given; write {Usage}, and numbers with a point");
    }
}
