using ParquetSharp;

namespace AnomalyKit.Parquet.Files;

/// <summary>Turns what the library underneath says about a file into the errors that readers promise.</summary>
internal static class NativeCalls
{
    public static T Read<T>(string file, SourceStream? stream, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (stream?.Failure is not null)
        {
            throw stream.Failure is IOException and not EndOfStreamException ? new IOException($"{file} cannot be read: {stream.Failure.Message}", stream.Failure) : Damaged(file, error);
        }
        catch (Exception error) when (error is ParquetException or InvalidDataException or EndOfStreamException or OutOfMemoryException or OverflowException
            or ArgumentException or NotSupportedException or InvalidCastException or IndexOutOfRangeException)
        {
            throw Damaged(file, error);
        }
    }

    private static TableDataException Damaged(string file, Exception error)
    {
        string message = error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return new TableDataException($"{file} is not a Parquet file that can be read: {message}. Write it again, or leave out the column that causes the error.", innerException: error);
    }
}
