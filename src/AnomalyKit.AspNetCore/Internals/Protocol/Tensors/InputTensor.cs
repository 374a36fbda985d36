using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>One tensor of a request.</summary>
internal sealed class InputTensor(string name, TensorType type, TensorShape shape, TensorContents contents)
{
    public string Name { get; } = name;

    public TensorType Type { get; } = type;

    public TensorShape Shape { get; } = shape;

    public TensorContents Contents { get; } = contents;

    /// <summary>The columns whose values it holds side by side; null as long as that is not known, or where it is one column.</summary>
    public TableSchema? Columns { get; set; }

    /// <summary>What its elements take in memory once they are read, at the most.</summary>
    public long DecodedBytes => Shape.ElementCount * (Type.IsNumber() ? sizeof(double) : WordBuffer.BytesPerWord);

    /// <summary>There is not the number of elements that the shape has.</summary>
    public RequestException WrongCount(string found) => RequestException.Invalid(
        $"Input '{Quoted.Text(Name)}': shape {Shape} of {Type.Name()} has {Shape.ElementCount} elements; {found}. Make shape and data agree.");

    /// <summary>An element cannot be used.</summary>
    /// <param name="index">Its position in row-major order.</param>
    /// <param name="problem">The value, and what was expected.</param>
    public RequestException WrongElement(long index, string problem)
    {
        long row = index / Math.Max(Shape.Columns, 1);
        string? column = Columns?.Fields[(int)(index % Shape.Columns)].Name;
        string place = column is null ? $"row {row}" : $"row {row}, column '{column}'";
        return new RequestException(400, $"Input '{Quoted.Text(Name)}', {place}: {problem}.") { Row = row, Column = column ?? Name };
    }
}
