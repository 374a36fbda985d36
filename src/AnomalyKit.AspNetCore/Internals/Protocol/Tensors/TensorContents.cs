using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The elements of a tensor as they came: JSON, bytes, or fields of a message. Checked as a whole before anything is read, so that nothing is allocated for what is not there.</summary>
internal abstract class TensorContents
{
    /// <summary>Checks that there are as many elements as the shape says, as far as that can be seen without reading them.</summary>
    /// <exception cref="RequestException">There are more or fewer.</exception>
    public abstract void Check(InputTensor input);

    /// <summary>Reads numbers.</summary>
    /// <param name="input">The tensor, checked.</param>
    /// <param name="cells">Room for exactly as many values as it has elements; NaN is a missing cell.</param>
    /// <exception cref="RequestException">An element cannot be read.</exception>
    public abstract void ReadNumbers(InputTensor input, Span<double> cells);

    /// <summary>Reads texts.</summary>
    /// <param name="input">The tensor, checked.</param>
    /// <param name="words">Receives one element after another.</param>
    /// <exception cref="RequestException">An element cannot be read.</exception>
    public abstract void ReadWords(InputTensor input, WordBuffer words);
}
