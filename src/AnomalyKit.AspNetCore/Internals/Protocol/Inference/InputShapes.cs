using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Which shapes, datatypes and names the tensors of a model have.</summary>
internal static class InputShapes
{
    /// <summary>The name of the tensor of all columns in the metadata. Requests may call it as they like.</summary>
    public const string MatrixName = "values";

    /// <summary>What a model expects, in a sentence.</summary>
    public static string Expected(ServedModel model) => model.TakesValues
        ? $"Model '{model}' takes one tensor of numbers of shape [rows, {model.Columns.ColumnCount}], or one input per column of shape [rows]: {model.Columns}."
        : $"Model '{model}' takes one input per column of shape [rows]: {model.Columns}.";

    /// <summary>Whether a single tensor holds all columns of a model of numbers.</summary>
    /// <exception cref="RequestException">It must, and has another number of columns, or no numbers.</exception>
    public static bool IsMatrix(InputTensor input, ServedModel model)
    {
        bool isColumn = model.Columns.TryIndexOf(input.Name, out _);
        if (input.Shape.Rank == 2 && input.Shape.Columns == model.Columns.ColumnCount && !(isColumn && model.Columns.ColumnCount == 1))
        {
            return input.Type.IsNumber()
                ? true
                : throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' is of {input.Type.Name()}. {Expected(model)}");
        }

        return isColumn ? false : throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' has the shape {input.Shape}. {Expected(model)}");
    }

    /// <summary>Finds the tensor of each column.</summary>
    /// <exception cref="RequestException">A column is missing or repeated, a name is not a column, or a shape or datatype does not fit.</exception>
    public static InputTensor[] ByColumn(IReadOnlyList<InputTensor> inputs, ServedModel model)
    {
        var columns = new InputTensor[model.Columns.ColumnCount];
        foreach (var input in inputs)
        {
            if (!model.Columns.TryIndexOf(input.Name, out int index))
                throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' is not a column. {Expected(model)}");
            if (columns[index] is not null)
                throw RequestException.Invalid($"Input '{input.Name}' appears twice. Give each column once.");
            Check(input, inputs[0], model.Columns.Fields[index].Kind);
            columns[index] = input;
        }

        int missing = Array.IndexOf(columns, null!);
        return missing < 0
            ? columns
            : throw RequestException.Invalid($"The input of column '{model.Columns.Fields[missing].Name}' is missing. {Expected(model)}");
    }

    private static void Check(InputTensor input, InputTensor first, ColumnKind kind)
    {
        if (input.Shape.Columns != 1)
            throw RequestException.Invalid($"Input '{input.Name}' has the shape {input.Shape}; a column has the shape [rows] or [rows, 1].");
        if (input.Shape.Rows != first.Shape.Rows)
            throw RequestException.Invalid($"Input '{input.Name}' has {input.Shape.Rows} rows, and input '{first.Name}' has {first.Shape.Rows}. All columns have the same rows.");
        if (!ColumnReader.Takes(kind, input.Type))
            throw RequestException.Invalid($"Input '{input.Name}' is of {input.Type.Name()}; its column takes {ColumnReader.Expected(kind)}.");
    }
}
