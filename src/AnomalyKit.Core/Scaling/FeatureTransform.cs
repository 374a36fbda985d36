using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted map from the columns of the data to the columns that a model works on. Kept inside the detector and its file.</summary>
/// <remarks>Immutable and thread-safe; a row's image does not depend on the rows beside it. Transforms of equal parameters are equal. Other packages bring transforms of their own.</remarks>
public abstract class FeatureTransform
{
    /// <summary>The transform that leaves rows as they are.</summary>
    /// <param name="columnCount">The number of columns, at least 1.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column.</exception>
    public static FeatureTransform Identity(int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        return new IdentityTransform(columnCount);
    }

    /// <summary>The short name used in model files, for example <c>column-scaling</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The number of columns of the data.</summary>
    public abstract int InputColumns { get; }

    /// <summary>The number of columns that the model sees.</summary>
    public abstract int OutputColumns { get; }

    /// <summary>Whether every row is its own image.</summary>
    public virtual bool IsIdentity => false;

    /// <summary>What was peculiar about the rows that the transform was fitted on, and what was done about it; empty as a rule.</summary>
    public virtual IReadOnlyList<DataFinding> Findings => [];

    /// <summary>Maps rows.</summary>
    /// <param name="rows">Row-major cells of <see cref="InputColumns"/> columns, all finite.</param>
    /// <param name="destination">Receives as many rows of <see cref="OutputColumns"/> cells, all finite; does not overlap <paramref name="rows"/>.</param>
    public abstract void Apply(ReadOnlySpan<float> rows, Span<float> destination);

    /// <summary>Whether contributions of the images' columns can be carried back to the columns of the data by <see cref="CarryBack"/>.</summary>
    /// <value>True for the identity; false unless the transform says otherwise: then detectors behind it are explained by sampling.</value>
    public virtual bool CarriesBack => IsIdentity;

    /// <summary>Carries the contributions of one row's image back to the columns of the data.</summary>
    /// <param name="row">The row's cells, <see cref="InputColumns"/> of them.</param>
    /// <param name="differences">For each of the <see cref="OutputColumns"/> columns of the image, how far the row's image lies from a point of reference, δ.</param>
    /// <param name="multipliers">For each column of the image its contribution divided by its difference, m.</param>
    /// <param name="contributions">One number per column of the data: what falls to it is added. All that is added comes to Σ δᵢ mᵢ.</param>
    /// <remarks>For a linear map A, column j gets (A⁺δ)ⱼ (Aᵀm)ⱼ: what the column differs by, times the slope in it.</remarks>
    /// <exception cref="NotSupportedException"><see cref="CarriesBack"/> is false.</exception>
    public virtual void CarryBack(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions)
    {
        if (!CarriesBack || InputColumns != OutputColumns)
            throw new NotSupportedException($"The transform '{Kind}' does not carry contributions back to the columns of the data.");
        for (int i = 0; i < contributions.Length; i++)
            contributions[i] += differences[i] * multipliers[i];
    }

    /// <summary>Carries several contributions of one row's image back: what the row owes to each of several points of reference.</summary>
    /// <param name="row">The row's cells, <see cref="InputColumns"/> of them.</param>
    /// <param name="differences">Row-major, for each point of reference the differences of the image from it.</param>
    /// <param name="multipliers">As many multipliers.</param>
    /// <param name="contributions">One number per column of the data: what falls to it is added.</param>
    /// <remarks>The default carries them back one by one. Override where it costs less together.</remarks>
    /// <exception cref="NotSupportedException"><see cref="CarriesBack"/> is false.</exception>
    public virtual void CarryBackAll(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions)
    {
        for (int start = 0; start < differences.Length; start += OutputColumns)
            CarryBack(row, differences.Slice(start, OutputColumns), multipliers.Slice(start, OutputColumns), contributions);
    }

    /// <summary>Writes the transform's arrays and values; its <see cref="Kind"/> is written already.</summary>
    /// <param name="writer">The transform's part of the file.</param>
    protected internal abstract void WriteTo(ModelWriter writer);
}
