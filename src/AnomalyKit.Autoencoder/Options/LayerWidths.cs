using System.Collections;
using System.Runtime.CompilerServices;

namespace AnomalyKit;

/// <summary>The widths of a network's hidden layers, in order: <c>[16, 8, 16]</c>. Equal lists are equal.</summary>
[CollectionBuilder(typeof(LayerWidths), nameof(Of))]
public sealed class LayerWidths : IReadOnlyList<int>, IEquatable<LayerWidths>
{
    /// <summary>The widest layer.</summary>
    public const int Widest = 1 << 14;

    /// <summary>The most hidden layers.</summary>
    public const int MostLayers = 64;

    private readonly int[] _widths;

    private LayerWidths(int[] widths) => _widths = widths;

    /// <summary>16, 8, 16: the reference system's network for the 30 columns of the credit-card data.</summary>
    public static LayerWidths Reference { get; } = Of([16, 8, 16]);

    /// <inheritdoc/>
    public int Count => _widths.Length;

    /// <inheritdoc/>
    public int this[int index] => _widths[index];

    /// <summary>Widths of hidden layers.</summary>
    /// <param name="widths">One to <see cref="MostLayers"/> widths from 1 to <see cref="Widest"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none or too many, or one is out of range.</exception>
    public static LayerWidths Of(params ReadOnlySpan<int> widths)
    {
        if (widths.IsEmpty || widths.Length > MostLayers)
            throw new ArgumentOutOfRangeException(nameof(widths), widths.Length, $"Give the widths of 1 to {MostLayers} hidden layers.");
        foreach (int width in widths)
        {
            if (width is < 1 or > Widest)
                throw new ArgumentOutOfRangeException(nameof(widths), width, $"A layer's width must lie between 1 and {Widest}.");
        }

        return new LayerWidths(widths.ToArray());
    }

    /// <summary>What is taken where no widths are given: half the columns, a quarter of them, half of them, each at least 1.</summary>
    /// <param name="columns">The columns of the rows as the network sees them.</param>
    /// <returns>Three widths; 15, 8, 15 for 30 columns.</returns>
    public static LayerWidths ForColumns(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int half = Math.Clamp((columns + 1) / 2, 1, Widest);
        int quarter = Math.Clamp((columns + 2) / 4, 1, Widest);
        return new LayerWidths([half, quarter, half]);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_widths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(LayerWidths? other) => other is not null && _widths.AsSpan().SequenceEqual(other._widths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerWidths);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int width in _widths)
            hash.Add(width);
        return hash.ToHashCode();
    }

    /// <summary>For example <c>16-8-16</c>.</summary>
    /// <returns>The widths, with dashes between.</returns>
    public override string ToString() => string.Join('-', _widths);
}
