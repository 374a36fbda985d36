using System.Collections;
using System.Runtime.CompilerServices;
using AnomalyKit.TextValues;

namespace AnomalyKit;

/// <summary>The widths of a network's hidden layers, in order: <c>[16, 8, 16]</c>. Equal lists are equal.</summary>
[CollectionBuilder(typeof(LayerWidths), nameof(Of))]
public sealed class LayerWidths : IReadOnlyList<int>, IEquatable<LayerWidths>
{
    /// <summary>The largest width of a layer, in units.</summary>
    public const int MaxWidth = 1 << 14;

    /// <summary>The largest number of hidden layers.</summary>
    public const int MaxLayers = 64;

    private readonly int[] _widths;

    private LayerWidths(int[] widths) => _widths = widths;

    /// <summary>16, 8, 16: the reference system's network for the 30 columns of the credit-card data.</summary>
    public static LayerWidths Reference { get; } = Of([16, 8, 16]);

    /// <inheritdoc/>
    public int Count => _widths.Length;

    /// <inheritdoc/>
    public int this[int index] => _widths[index];

    /// <summary>Creates a list of widths; <c>[16, 8, 16]</c> calls this.</summary>
    /// <param name="widths">One to <see cref="MaxLayers"/> widths from 1 to <see cref="MaxWidth"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none or too many, or one is out of range.</exception>
    public static LayerWidths Of(params ReadOnlySpan<int> widths)
    {
        if (widths.IsEmpty || widths.Length > MaxLayers)
            throw new ArgumentOutOfRangeException(nameof(widths), widths.Length, $"Give the widths of 1 to {MaxLayers} hidden layers.");
        foreach (int width in widths)
        {
            if (width is < 1 or > MaxWidth)
                throw new ArgumentOutOfRangeException(nameof(widths), width, $"A layer's width must lie between 1 and {MaxWidth}.");
        }

        return new LayerWidths(widths.ToArray());
    }

    /// <summary>Reads widths.</summary>
    /// <param name="text">Whole numbers with commas or dashes between: <c>16,8,16</c> or <c>16-8-16</c>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="FormatException">A part is not a whole number, there are too many, or one is out of range. The message is one line.</exception>
    public static LayerWidths Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var given = new TextArguments(text.Split(',', '-'));
            return Of([.. given.Items.Select((_, index) => given.Int32(index))]);
        }
        catch (ArgumentException problem)
        {
            throw new FormatException($"The widths '{text}' cannot be used: {ProblemText.Of(problem)} Write widths like 16,8,16.", problem);
        }
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <returns>For example <c>16,8,16</c>.</returns>
    public string ToText() => string.Join(',', _widths);

    /// <summary>The default widths: half the columns, a quarter of them, half of them, each at least 1.</summary>
    /// <param name="columns">The number of columns of the scaled rows, at least 1.</param>
    /// <returns>Three widths; 15, 8, 15 for 30 columns.</returns>
    public static LayerWidths ForColumns(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int half = Math.Clamp((columns + 1) / 2, 1, MaxWidth);
        int quarter = Math.Clamp((columns + 2) / 4, 1, MaxWidth);
        return new LayerWidths([half, quarter, half]);
    }

    /// <summary>The hidden ones among the widths of all levels, input and output included. A file may hold a network without any.</summary>
    internal static LayerWidths Between(ReadOnlySpan<int> widths) => new(widths[1..^1].ToArray());

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
