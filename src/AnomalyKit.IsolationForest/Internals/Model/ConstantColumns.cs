using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest;

/// <summary>The columns that held one value in every training row. No tree can split them, so what is unusual about them has to be kept beside the trees.</summary>
internal sealed class ConstantColumns
{
    /// <param name="columns">The columns, ascending, at least one.</param>
    /// <param name="values">The value of each.</param>
    public ConstantColumns(int[] columns, float[] values)
    {
        Columns = columns;
        Values = values;
    }

    /// <summary>The columns, ascending.</summary>
    public int[] Columns { get; }

    /// <summary>The value of each: a cell as rows are scored, which is in the schema's cells where the scaling is folded into the thresholds, else as the transform gives it.</summary>
    public float[] Values { get; }

    /// <summary>The columns that are constant in two sets of training rows taken together.</summary>
    public static ConstantColumns? Common(ConstantColumns? one, ConstantColumns? other)
    {
        if (one is null || other is null)
            return null;
        var columns = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < one.Columns.Length; i++)
        {
            int at = Array.BinarySearch(other.Columns, one.Columns[i]);
            if (at < 0 || other.Values[at] != one.Values[i])
                continue;
            columns.Add(one.Columns[i]);
            values.Add(one.Values[i]);
        }

        return columns.Count > 0 ? new ConstantColumns([.. columns], [.. values]) : null;
    }

    /// <summary>Reads them where the file has them: files of version 0.1.0 do not, and files of forests without constant columns.</summary>
    public static ConstantColumns? Read(ModelReader reader, int columns)
    {
        if (!reader.HasArray("constant_columns"))
            return null;
        int[] indexes = reader.GetInt32s("constant_columns", 0, columns - 1, -1);
        float[] values = reader.GetSingles("constant_values", indexes.Length);
        if (indexes.Length == 0)
            throw ModelReader.FormatError("it lists constant columns and names none");
        for (int i = 1; i < indexes.Length; i++)
        {
            if (indexes[i] <= indexes[i - 1])
                throw ModelReader.FormatError($"its constant columns are not in ascending order: {indexes[i]} follows {indexes[i - 1]}");
        }

        return new ConstantColumns(indexes, values);
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Add("constant_columns", Columns.AsMemory());
        writer.Add("constant_values", Values.AsMemory());
    }
}
