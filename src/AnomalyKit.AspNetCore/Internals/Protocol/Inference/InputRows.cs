using System.Buffers;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The rows of a request for one model: which tensor is which column, and how to read them.</summary>
internal sealed class InputRows
{
    private readonly ServedModel _model;
    private readonly InputTensor[] _columns;

    private InputRows(ServedModel model, InputTensor[] columns)
    {
        _model = model;
        _columns = columns;
        RowCount = (int)columns[0].Shape.Rows;
    }

    /// <summary>The number of rows; may be 0.</summary>
    public int RowCount { get; }

    /// <summary>What the cells take in memory once they are read, at the most.</summary>
    public long DecodedBytes
    {
        get
        {
            long sum = 0;
            foreach (var column in _columns)
                sum += column.DecodedBytes;
            return sum;
        }
    }

    /// <summary>The one tensor of all columns, or null.</summary>
    public InputTensor? Matrix => _columns is [{ Columns: not null } matrix] ? matrix : null;

    /// <summary>Holds tensors against the columns of a model.</summary>
    /// <exception cref="RequestException">A column is missing or there twice, or a shape or datatype is another than the model's.</exception>
    public static InputRows Of(InferRequest request, ServedModel model)
    {
        var inputs = request.Inputs;
        if (inputs.Count == 0)
            throw RequestException.Invalid($"There are no inputs. {InputShapes.Expected(model)}");
        if (model.TakesValues && inputs.Count == 1 && InputShapes.IsMatrix(inputs[0], model))
        {
            inputs[0].Columns = model.Columns;
            return new InputRows(model, [inputs[0]]);
        }

        return new InputRows(model, InputShapes.ByColumn(inputs, model));
    }

    /// <summary>Reads rows of a model of numbers.</summary>
    /// <param name="values">Room for one value per row and column, row after row.</param>
    /// <exception cref="RequestException">An element cannot be read.</exception>
    public void ReadValues(Span<double> values)
    {
        if (Matrix is { } matrix)
        {
            matrix.Contents.ReadNumbers(matrix, values);
            return;
        }

        double[] column = ArrayPool<double>.Shared.Rent(Math.Max(RowCount, 1));
        try
        {
            for (int i = 0; i < _columns.Length; i++)
            {
                var cells = column.AsSpan(0, RowCount);
                _columns[i].Contents.ReadNumbers(_columns[i], cells);
                for (int row = 0; row < cells.Length; row++)
                    values[(row * _columns.Length) + i] = cells[row];
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(column);
        }
    }

    /// <summary>Reads rows of a model of any columns.</summary>
    /// <exception cref="RequestException">An element cannot be read.</exception>
    /// <exception cref="TableDataException">A text is not a date.</exception>
    public FeatureTable ReadTable()
    {
        var columns = new TableColumn[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = ColumnReader.Read(_columns[i], _model.Columns.Fields[i]);
        return new FeatureTable(columns);
    }
}
