namespace AnomalyKit;

/// <summary>Some values without an order, by index.</summary>
internal sealed class ChoiceDimension : SearchDimension
{
    private readonly string[] _values;

    public ChoiceDimension(string name, OptionSetter setter, IReadOnlyList<string> values)
        : base(name, setter)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values];
        if (_values.Length < 2)
            throw new ArgumentException($"The choice {name} needs at least two values. If there is only one, set the option on the trainer.");
        if (Array.Exists(_values, value => value is null) || _values.Distinct(StringComparer.Ordinal).Count() < _values.Length)
            throw new ArgumentException($"The choice {name} has a value twice: {string.Join(" | ", _values)}. Give each value once, and write null as text.");
    }

    public int Count => _values.Length;

    public override long? ValueCount => _values.Length;

    internal override IEnumerable<double> Ends => Spread(_values.Length);

    public override string ToString() => $"{Name}: one of {string.Join(" | ", _values)}";

    internal override double FromUnit(double unit) => Math.Min(Math.Floor(unit * _values.Length), _values.Length - 1);

    internal override IReadOnlyList<double> Spread(int points) => [.. Enumerable.Range(0, _values.Length).Select(index => (double)index)];

    internal override bool Contains(double value) => value >= 0 && value < _values.Length && Math.Floor(value) == value;

    internal override string TextOf(double value) => _values[(int)value];
}
