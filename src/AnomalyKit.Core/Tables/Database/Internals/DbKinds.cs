using System.Data.Common;
using AnomalyKit.Tables;

namespace AnomalyKit.Database;

/// <summary>What the columns of a query hold, as far as the provider knows.</summary>
internal static class DbKinds
{
    /// <summary>Whether types belong to values and not to columns, so that what the provider says of a column is what its first value is.</summary>
    public static bool BelongToValues(DbDataReader reader) => reader.GetType().Name.Contains("sqlite", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of a column by its type; nothing where the type has none.</summary>
    public static ColumnKind? OfType(Type type) =>
        IsWhole(type) || type == typeof(float) || type == typeof(double) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(TimeOnly) ? ColumnKind.Number
        : type == typeof(bool) ? ColumnKind.Boolean
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) ? ColumnKind.DateTime
        : type == typeof(string) || type == typeof(char) || type == typeof(Guid) ? ColumnKind.Category
        : null;

    public static bool IsWhole(Type type) =>
        type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(sbyte)
        || type == typeof(ulong) || type == typeof(uint) || type == typeof(ushort) || type == typeof(byte);

    /// <summary>The kind of a column by the name that its table declares, where that says more than the values do.</summary>
    /// <returns>The kind; nothing where the values decide.</returns>
    public static ColumnKind? OfDeclaredName(string name)
    {
        string upper = name.ToUpperInvariant();
        // These are also what the provider calls single values, so they say nothing about the column.
        if (upper is "INTEGER" or "REAL" or "TEXT" or "BLOB" or "NULL" or "")
            return null;
        return upper switch
        {
            _ when upper.Contains("BOOL", StringComparison.Ordinal) => ColumnKind.Boolean,
            _ when upper.Contains("DATE", StringComparison.Ordinal) || upper.Contains("TIME", StringComparison.Ordinal) => ColumnKind.DateTime,
            _ when ContainsAny(upper, "INT", "REAL", "FLOA", "DOUB", "NUM", "DEC", "MONEY") => ColumnKind.Number,
            _ when ContainsAny(upper, "CHAR", "CLOB", "TEXT", "STRING", "UUID", "GUID") => ColumnKind.Category,
            _ => null,
        };
    }

    /// <summary>Whether a declared name is one of whole numbers.</summary>
    public static bool IsWholeName(string name) => name.Contains("INT", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a column holds points in time, by the name of its type.</summary>
    public static bool IsZonedName(string name) =>
        name.Contains("with time zone", StringComparison.OrdinalIgnoreCase) || name.Contains("timestamptz", StringComparison.OrdinalIgnoreCase);

    /// <summary>A buffer for a column.</summary>
    public static ColumnBuffer Buffer(TableField field, Type? type, bool isWhole) => type == typeof(float) && field.Kind == ColumnKind.Number
        ? new SingleBuffer(field.Name)
        : ColumnBuffer.Of(field, isWhole);

    private static bool ContainsAny(string text, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
