using AnomalyKit.Parquet.Files;
using AnomalyKit.Parquet.Pages;
using ParquetSharp;

namespace AnomalyKit.Parquet.Reading;

/// <summary>A file that is open.</summary>
internal sealed class OpenFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly ReaderProperties _properties;

    private OpenFile(string name, SourceStream stream)
    {
        Name = name;
        Stream = stream;
        _properties = ReaderProperties.GetDefaultReaderProperties();
        try
        {
            Chunks = Footer.Read(stream);
            // Pages are read one by one, not whole column chunks.
            _properties.EnableBufferedStream();
            _properties.BufferSize = BufferBytes;
            Reader = new ParquetFileReader(stream, _properties, leaveOpen: true);
            Metadata = Reader.FileMetaData;
            RowCount = CountRows();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public SourceStream Stream { get; }

    /// <summary>Where the pages lie: by row group, then by leaf column.</summary>
    public ChunkPlace[][] Chunks { get; } = [];

    public ParquetFileReader Reader { get; } = null!;

    public FileMetaData Metadata { get; } = null!;

    /// <summary>The rows that the row groups announce.</summary>
    public long RowCount { get; }

    /// <summary>The rows of each row group.</summary>
    public long[] GroupRows { get; private set; } = [];

    public static OpenFile Open(PartFile file)
    {
        var stream = file.Open();
        try
        {
            return NativeCalls.Read(file.Name, stream, () => new OpenFile(file.Name, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Metadata?.Dispose();
        Reader?.Dispose();
        _properties.Dispose();
        Stream.Dispose();
    }

    private long CountRows()
    {
        if (Chunks.Length != Metadata.NumRowGroups)
            throw new InvalidDataException($"its footer names {Chunks.Length} row groups and {Metadata.NumRowGroups}");
        long rows = 0;
        GroupRows = new long[Chunks.Length];
        for (int group = 0; group < Chunks.Length; group++)
        {
            using var reader = Reader.RowGroup(group);
            long count = reader.MetaData.NumRows;
            if (count < 0)
                throw new InvalidDataException($"row group {group} claims {count} rows");
            if (Chunks[group].Length != Metadata.NumColumns)
                throw new InvalidDataException($"row group {group} has {Chunks[group].Length} columns, the file {Metadata.NumColumns}");
            GroupRows[group] = count;
            rows = checked(rows + count);
        }

        return rows;
    }
}
