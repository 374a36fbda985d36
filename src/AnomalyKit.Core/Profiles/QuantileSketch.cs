using System.Numerics.Tensors;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <summary>A summary of any number of values in constant memory, from which quantiles and ranks are read within a stated error. Summaries of parts merge into one of the whole.</summary>
/// <remarks>
/// <para>
/// A variant of the sketch of Z. Karnin, K. Lang and E. Liberty (<i>Optimal Quantile Approximation in Streams</i>, FOCS 2016). Values are kept as they are until there are more than fit;
/// then every other value of the finest part is dropped and the rest count twice. Values come in sorted batches, which are thinned at once to the finest weight in use. What a thinning can
/// cost is added up as it happens, so that <see cref="RankError"/> is a bound for this very sketch. The weights of what is kept always add up to <see cref="Count"/>; the smallest and the
/// greatest value are exact.
/// </para>
/// <para>
/// Which values are dropped follows from the seed and nothing else: the same values in the same batches give the same sketch. Reading changes nothing. Not thread-safe while values are
/// added; a read-only sketch is.
/// </para>
/// </remarks>
public sealed partial class QuantileSketch : IEquatable<QuantileSketch>
{
    /// <summary>The capacity of sketches that are made without saying one: at most 7,168 values (56 KiB) are kept. Room to grow comes on top, and once ranks or quantiles were asked for, a sorted copy of at most 112 KiB, until more values are added.</summary>
    public const int DefaultCapacity = 2048;

    internal const int MinCapacity = 64;
    internal const int MaxCapacity = 1 << 20;

    private double[] _input = [];
    private int _inputCount;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private View? _view;

    /// <summary>An empty sketch.</summary>
    /// <param name="capacity">How much is kept, from 64 to 1,048,576: at most 3.5 × capacity values. The rank error is roughly 1 / capacity. Only sketches of equal capacity merge.</param>
    /// <param name="seed">Decides which values are dropped. Sketches that will be merged have the smaller error when their seeds differ.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public QuantileSketch(int capacity = DefaultCapacity, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        Capacity = capacity;
        Seed = seed;
    }

    /// <summary>How much is kept: at most 3.5 × capacity values.</summary>
    public int Capacity { get; }

    /// <summary>Decides which values are dropped.</summary>
    public ulong Seed { get; }

    /// <summary>The number of values that were added.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest value that was added, exactly.</summary>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public double Minimum => Count > 0 ? _minimum : throw Empty();

    /// <summary>The greatest value that was added, exactly.</summary>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public double Maximum => Count > 0 ? _maximum : throw Empty();

    /// <summary>Whether values can no longer be added: the sketches of a <see cref="ReferenceProfile"/>. <see cref="Copy"/> gives one that takes values.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Adds a value.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">The value is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">The sketch is read-only.</exception>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException(FormattableString.Invariant($"The value is {value}; a sketch takes finite numbers. Count missing values beside it."), nameof(value));
        Add([value]);
    }

    /// <summary>Adds values; NaN, which stands for a missing value, is left out.</summary>
    /// <param name="values">Finite numbers and NaN.</param>
    /// <returns>How many values were added: all but NaN.</returns>
    /// <exception cref="ArgumentException">A value is infinite; nothing was added.</exception>
    /// <exception cref="InvalidOperationException">The sketch is read-only.</exception>
    public int Add(ReadOnlySpan<double> values)
    {
        ThrowIfReadOnly();
        // A sum that is finite has neither NaN nor infinity in it.
        bool areFinite = double.IsFinite(TensorPrimitives.Sum(values));
        if (!areFinite)
            ThrowIfInfinite(values);
        int added = 0;
        while (!values.IsEmpty)
        {
            var room = Room();
            int taken = Math.Min(room.Length, values.Length);
            int kept = SketchInput.CopyPresent(values[..taken], room, areFinite);
            Accept(room[..kept]);
            added += kept;
            values = values[taken..];
        }

        return added;
    }

    /// <summary>Adds values; NaN, which stands for a missing value, is left out.</summary>
    /// <inheritdoc cref="Add(ReadOnlySpan{double})"/>
    public int Add(ReadOnlySpan<float> values)
    {
        Span<double> block = stackalloc double[256];
        ThrowIfReadOnly();
        int infinite = values.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
        if (infinite >= 0)
            ThrowInfinite(infinite, values[infinite], nameof(values));
        int added = 0;
        for (; !values.IsEmpty; values = values[Math.Min(block.Length, values.Length)..])
        {
            var part = block[..Math.Min(block.Length, values.Length)];
            TensorPrimitives.ConvertChecked(values[..part.Length], part);
            added += Add((ReadOnlySpan<double>)part);
        }

        return added;
    }

    /// <summary>A sketch of the same content, which takes further values.</summary>
    /// <returns>A new sketch.</returns>
    public QuantileSketch Copy()
    {
        var copy = new QuantileSketch(Capacity, Seed);
        copy.CopyFrom(this);
        return copy;
    }

    internal QuantileSketch Frozen()
    {
        IsReadOnly = true;
        return this;
    }

    /// <summary>Room in the batch that is being filled, at least one value.</summary>
    private Span<double> Room()
    {
        int batch = BatchSize;
        if (_inputCount == batch)
            Flush();
        if (_input.Length < batch && _inputCount == _input.Length)
            Array.Resize(ref _input, Math.Min(batch, Math.Max(16, 4 * _input.Length)));
        return _input.AsSpan(_inputCount);
    }

    /// <summary>Counts values that were copied into the batch.</summary>
    private void Accept(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return;
        _inputCount += values.Length;
        Count = checked(Count + values.Length);
        _minimum = Math.Min(_minimum, TensorPrimitives.Min(values));
        _maximum = Math.Max(_maximum, TensorPrimitives.Max(values));
        _view = null;
    }

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
            throw new InvalidOperationException("The sketch belongs to a profile and cannot change. Add to a copy of it: Copy().");
    }

    private static void ThrowIfInfinite(ReadOnlySpan<double> values)
    {
        int infinite = values.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (infinite >= 0)
            ThrowInfinite(infinite, values[infinite], nameof(values));
    }

    private static void ThrowInfinite(int index, double value, string parameter) => throw new ArgumentException(
        FormattableString.Invariant($"Value {index} is {value}; a sketch takes finite numbers, and NaN for a missing value. Remove the row, or use NaN for a value that is not known."), parameter);

    private static InvalidOperationException Empty() => new("The sketch is empty: it has neither quantiles nor ranks. Look at Count first.");
}
