using System.Globalization;

namespace AnomalyKit.Objects;

/// <summary>Says which object and column went wrong.</summary>
internal static class ObjectProblem
{
    public static TableDataException Thrown(string column, long row, Exception inner) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row}, column '{column}': the function of the column threw {inner.GetType().Name}: {inner.Message} Let it return null where a value is missing."),
        row, column, inner);

    public static TableDataException Refused(string column, long row, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{column}': {problem}."), row, column);
}
