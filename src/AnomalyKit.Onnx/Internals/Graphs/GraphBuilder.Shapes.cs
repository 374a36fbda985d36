namespace AnomalyKit.Onnx.Graphs;

/// <content>What puts arrays together, takes them apart or sums them up.</content>
internal sealed partial class GraphBuilder
{
    private static readonly long[] Columns = [1];

    public Value MatMul(Value left, Value right) => Apply("MatMul", [left, right]);

    /// <summary>The sum of each row: [rows, 1].</summary>
    public Value SumOfRow(Value value) => Apply("ReduceSum", [value, Constant(Columns, 1)], Attributes.Number("keepdims", 1));

    /// <summary>The sum of the squares of each row: [rows, 1].</summary>
    public Value SumOfSquaresOfRow(Value value) => Apply("ReduceSumSquare", [value], Attributes.Numbers("axes", Columns), Attributes.Number("keepdims", 1));

    /// <summary>The greatest of each row: [rows, 1].</summary>
    public Value MaxOfRow(Value value) => Apply("ReduceMax", [value], Attributes.Numbers("axes", Columns), Attributes.Number("keepdims", 1));

    /// <summary>Beside each other.</summary>
    public Value Join(params ReadOnlySpan<Value> values) => values.Length == 1 ? values[0] : Apply("Concat", values, Attributes.Number("axis", 1));

    /// <summary>Elements of one axis by their numbers.</summary>
    public Value Gather(Value values, Value indexes, int axis) => Apply("Gather", [values, indexes], Attributes.Number("axis", axis));

    /// <summary>Some columns.</summary>
    public Value GatherColumns(Value values, ReadOnlySpan<int> columns)
    {
        var indexes = new long[columns.Length];
        for (int i = 0; i < indexes.Length; i++)
            indexes[i] = columns[i];
        return Gather(values, Constant(indexes, indexes.Length), 1);
    }

    /// <summary>The smallest of the last axis, ascending, and where they are; of equal ones the first.</summary>
    public (Value Values, Value Indexes) Smallest(Value values, int count)
    {
        var both = ApplyMany("TopK", 2, [values, Constant([(long)count], 1)], Attributes.Number("largest", 0), Attributes.Number("sorted", 1), Attributes.Number("axis", -1));
        return (both[0], both[1]);
    }

    /// <summary>The sums of the elements up to each, along the rows.</summary>
    public Value RunningSums(Value values) => Apply("CumSum", [values, Constant([1L], 1)]);

    /// <summary>All rows but the last.</summary>
    public Value WithoutLast(Value value) => Apply("Slice", [value, Constant([0L], 1), Constant([-1L], 1), Constant([0L], 1)]);

    public Value Reshape(Value value, params ReadOnlySpan<long> shape) => Apply("Reshape", [value, Constant(shape, shape.Length)]);

    /// <summary>A constant for every row of a value: [rows, 1].</summary>
    /// <param name="rows">Any value [rows, columns].</param>
    /// <param name="number">A double.</param>
    public Value ForEveryRow(Value rows, double number)
    {
        var count = Gather(Apply("Shape", [rows]), Constant([0L], 1), 0);
        var shape = Apply("Concat", [count, Constant([1L], 1)], Attributes.Number("axis", 0));
        return Apply("Expand", [Number(number), shape]);
    }
}
