using AnomalyKit.Storage;
using AnomalyKit.Tests.Tables;
using Microsoft.Data.Sqlite;

namespace AnomalyKit.Tracking.Tests.Storage;

/// <summary>A file of SQLite with several processes at it.</summary>
public sealed class StoreFileTests : IDisposable
{
    private static readonly SchemaPart Notes = new("notes", "CREATE TABLE notes (text TEXT NOT NULL)");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sixteen_processes_on_a_fresh_file_number_without_gaps()
    {
        const int Processes = 16, Each = 50;
        string path = _folder.File("numbers.db");
        var children = Enumerable.Range(0, Processes).Select(_ => new ChildProcess("count", path, $"{Each}")).ToArray();
        try
        {
            foreach (var child in children)
                Assert.Equal("ready", child.ReadLine());
            foreach (var child in children)
                child.WriteLine();
            using var file = StoreFile.Open(path, StoreFileOptions.Default, CountingChild.Part);
            // A reader open throughout keeps nobody from writing.
            file.Read(session =>
            {
                session.Number("SELECT count(*) FROM numbers");
                foreach (var child in children)
                    child.WaitForSuccess();
                return true;
            });
            Assert.Equal(Enumerable.Range(1, Processes * Each).Select(i => (long)i), file.Read(session => session.List("SELECT number FROM numbers ORDER BY number", row => row.GetInt64(0))));
            Assert.Empty(file.Verify());
        }
        finally
        {
            foreach (var child in children)
                child.Dispose();
        }
    }

    [Fact]
    public void Whoever_waits_too_long_is_told_so()
    {
        string path = _folder.File("held.db");
        using var holder = Open(path);
        using var other = StoreFile.Open(path, new StoreFileOptions { BusyTimeout = TimeSpan.FromMilliseconds(50) }, Notes);
        var error = holder.Write(_ => Assert.Throws<RunTrackingException>(() => other.Write(session => session.Execute("INSERT INTO notes VALUES ('x')"))));
        Assert.Contains("locked by another process", error.Message, StringComparison.Ordinal);
        other.Write(session => session.Execute("INSERT INTO notes VALUES ('x')"));
        Assert.Equal(1, Count(holder));
    }

    [Fact]
    public void Work_that_fails_leaves_nothing()
    {
        using var file = Open(_folder.File("half.db"));
        Assert.Throws<FormatException>(() => file.Write(session =>
        {
            session.Execute("INSERT INTO notes VALUES ('x')");
            throw new FormatException();
        }));
        Assert.Equal(0, Count(file));
    }

    [Fact]
    public void A_transaction_within_another_one_is_refused()
    {
        using var file = Open(_folder.File("nested.db"));
        Assert.Throws<InvalidOperationException>(() => file.Read(_ => file.Read(_ => true)));
    }

    [Fact]
    public void Dispose_lets_go_of_the_file()
    {
        string path = _folder.File("gone.db");
        Open(path).Dispose();
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
        // On Windows an open file could not be moved.
        File.Move(path, path + ".moved");
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var file = Open(path);
            file.Dispose();
            return file.Verify();
        });
    }

    [Fact]
    public void Tables_are_upgraded_step_by_step_and_newer_ones_are_left_alone()
    {
        string path = _folder.File("steps.db");
        Open(path).Dispose();
        var next = Notes with { Steps = [.. Notes.Steps, "ALTER TABLE notes ADD COLUMN time INTEGER; CREATE INDEX notes_time ON notes (time)"] };
        using (var file = StoreFile.Open(path, StoreFileOptions.Default, next))
            file.Write(session => session.Execute("INSERT INTO notes VALUES ('x', 1)"));
        var error = Assert.Throws<RunTrackingException>(() => Open(path));
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        using var again = StoreFile.Open(path, StoreFileOptions.Default, next, new SchemaPart("other", "CREATE TABLE other (x INTEGER)"));
        Assert.Equal(1, Count(again));
    }

    [Fact]
    public void Files_of_other_programs_are_left_alone()
    {
        string text = _folder.File("text.db"), other = _folder.File("other.db");
        File.WriteAllText(text, new string('x', 5000));
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using var command = new SqliteCommand("CREATE TABLE bookmarks (x INTEGER)", connection);
            command.ExecuteNonQuery();
        }

        byte[] before = File.ReadAllBytes(other);
        Assert.Contains("not a SQLite database", Assert.Throws<RunTrackingException>(() => Open(text)).Message, StringComparison.Ordinal);
        Assert.Contains("another program", Assert.Throws<RunTrackingException>(() => Open(other)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(other));
        Assert.Contains("is a folder", Assert.Throws<RunTrackingException>(() => Open(_folder.Root)).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<RunTrackingException>(() => Open(Path.Combine(_folder.Root, "no", "store.db"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_found()
    {
        string path = _folder.File("damaged.db");
        using (var file = Open(path))
        {
            for (int i = 0; i < 2000; i++)
                file.Write(session => session.Execute("INSERT INTO notes VALUES (?1)", new string('x', 100)));
            Assert.Empty(file.Verify());
        }

        using (var stream = File.OpenWrite(path))
        {
            stream.Position = stream.Length / 2 / 4096 * 4096;
            stream.Write(new byte[4096]);
        }

        using var damaged = Open(path);
        Assert.NotEmpty(damaged.Verify());
    }

    private static StoreFile Open(string path) => StoreFile.Open(path, StoreFileOptions.Default, Notes);

    private static long Count(StoreFile file) => file.Read(session => session.Number("SELECT count(*) FROM notes"));
}
