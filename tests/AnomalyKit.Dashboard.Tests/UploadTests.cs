using System.IO.Compression;
using System.Net;
using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>Files on their way to a page, and what is left of them.</summary>
public sealed class UploadTests(DashboardHost host) : IClassFixture<DashboardHost>, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = host.Address };
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        _client.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task An_upload_needs_a_ticket_which_is_good_once()
    {
        using var upload = Announce(100);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync("upload/0000", new StringContent("a"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.PostAsync($"upload/{upload.Ticket}", new StringContent("a,b\n1,2\n"))).StatusCode);
        Assert.Equal("a,b\n1,2\n", await File.ReadAllTextAsync(_path));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync($"upload/{upload.Ticket}", new StringContent("a"))).StatusCode);
        upload.Dispose();
        Assert.False(File.Exists(_path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_is_too_large_leaves_nothing(bool tellsLength)
    {
        using var upload = Announce(100);
        HttpContent content = tellsLength ? new ByteArrayContent(new byte[101]) : new SlowContent(300_000, Task.CompletedTask);
        var answer = await _client.PostAsync($"upload/{upload.Ticket}", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger than 100 B", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public async Task An_upload_that_the_viewer_cancels_leaves_nothing()
    {
        using var upload = Announce(1 << 20);
        using var cancel = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        var sending = _client.PostAsync($"upload/{upload.Ticket}", new SlowContent(100_000, end.Task), cancel.Token);
        await Eventually.IsAsync(() => File.Exists(_path), "the file begins");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Eventually.IsAsync(() => !File.Exists(_path), "the file is gone");
        end.SetResult();
    }

    [Fact]
    public async Task An_upload_whose_page_goes_ends_and_leaves_nothing()
    {
        var upload = Announce(1 << 20);
        var end = new TaskCompletionSource();
        var sending = _client.PostAsync($"upload/{upload.Ticket}", new SlowContent(100_000, end.Task));
        await Eventually.IsAsync(() => File.Exists(_path), "the file begins");
        upload.Dispose();
        Assert.False(File.Exists(_path));
        end.SetResult();
        Assert.Equal(HttpStatusCode.NotFound, (await sending).StatusCode);
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void An_upload_that_begins_after_its_page_has_gone_makes_no_file()
    {
        using var desks = new Desks();
        var desk = desks.NewDesk();
        var upload = desk.Announce("a.csv");
        // The request has come, and the page goes before the file is made.
        Assert.Same(upload, desks.Uploads.Take(upload.Ticket));
        desk.Dispose();
        Assert.Null(upload.Create());
        Assert.False(File.Exists(upload.Path));
        Assert.True(desk.Announce("b.csv").Gone.IsCancellationRequested);
        Assert.Equal(0, desks.Uploads.Count);
    }

    [Fact]
    public async Task Uploads_that_together_take_more_than_the_host_holds_are_refused()
    {
        using var small = new Desks(options => options.MaxHeldBytes = 1000);
        using var upload = new Upload(host.Services.GetRequiredService<UploadBook>(), _path, 1 << 20, small.Budget.Hold());
        var answer = await _client.PostAsync($"upload/{upload.Ticket}", new ByteArrayContent(new byte[2000]));
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("1000 B", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(_path));
        upload.Dispose();
        Assert.Equal(0, small.Budget.HeldBytes);
    }

    [Fact]
    public void A_small_file_that_unpacks_to_very_much_is_refused_whatever_it_is_called()
    {
        using (var packed = new GZipStream(File.Create(_path), CompressionLevel.Fastest))
            packed.Write(new byte[100_000]);
        UnpackedSize.Check(_path, 100_000, default);
        Assert.Contains("97.7 KiB", Assert.Throws<TableDataException>(() => UnpackedSize.Check(_path, 99_999, default)).Message, StringComparison.Ordinal);
        using var desks = new Desks(options => options.MaxUnpackedBytes = 99_999);
        using var desk = desks.NewDesk();
        Assert.Throws<TableDataException>(() => desk.Score(host.Model, _path, "a.csv", [], null, null, default));
        Assert.Equal(0, desks.Budget.HeldBytes);
    }

    [Fact]
    public void An_error_speaks_of_the_viewers_file_and_of_what_the_viewer_can_do()
    {
        using var desks = new Desks();
        using var desk = desks.NewDesk();
        using var upload = desk.Announce("claims.csv");
        File.WriteAllText(upload.Path, string.Join(',', host.Model.Detector.Preparation.Schema.Fields.Select(field => field.Name)) + "\n" + string.Join(',', host.Model.Detector.Preparation.Schema.Fields.Select(_ => "\"£1,234.50\"")) + "\n");
        string message = Assert.Throws<TableDataException>(() => desk.Score(host.Model, upload.Path, "claims.csv", [], null, null, default)).Message;
        Assert.StartsWith("claims.csv, line 2, column ", message, StringComparison.Ordinal);
        Assert.Contains("Thousands 'comma' and Currency '£'", message, StringComparison.Ordinal);
        Assert.EndsWith(" You find Thousands and Currency under CSV options. For --skip-bad-rows, use the command: 'anomalykit convert \"claims.csv\" --out table.parquet' takes the option and makes a file that you can upload.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CsvTableOptions", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), message, StringComparison.Ordinal);
        Assert.Equal(0, desks.Budget.HeldBytes);
    }

    [Fact]
    public void A_file_whose_name_looks_like_an_option_keeps_it()
    {
        const string Name = "bank --currency 2.csv";
        using var desks = new Desks();
        using var desk = desks.NewDesk();
        using var upload = desk.Announce(Name);
        string[] names = [.. host.Model.Detector.Preparation.Schema.Fields.Select(field => field.Name)];
        File.WriteAllText(upload.Path, $"{string.Join(';', names)}\n{string.Join(';', names.Select(_ => "1.234,56"))}\n");
        string message = Assert.Throws<TableDataException>(() => desk.Score(host.Model, upload.Path, Name, [], null, null, default)).Message;
        Assert.StartsWith(Name + ", line 2, column ", message, StringComparison.Ordinal);
        Assert.Contains(" You find Decimal and Thousands under CSV options.", message, StringComparison.Ordinal);
        Assert.Equal("column '--kindness' and --no-headers", CsvFieldWords.Translate("column '--kindness' and --no-headers", Name));
    }

    [Theory]
    [InlineData("1.234,56", "Decimal 'comma' and Thousands 'point'", "Decimal and Thousands")]
    [InlineData("1'234.56", "Thousands 'apostrophe'", "Thousands")]
    [InlineData("1 234,56", "Decimal 'comma' and Thousands 'space'", "Decimal and Thousands")]
    public void Numbers_of_other_countries_name_what_to_choose_in_the_form(string number, string choices, string fields)
    {
        using var desks = new Desks();
        using var desk = desks.NewDesk();
        using var upload = desk.Announce("claims.csv");
        string[] names = [.. host.Model.Detector.Preparation.Schema.Fields.Select(field => field.Name)];
        File.WriteAllText(upload.Path, $"{string.Join(';', names)}\n{string.Join(';', names.Select(_ => number))}\n");
        string message = Assert.Throws<TableDataException>(() => desk.Score(host.Model, upload.Path, "claims.csv", [], null, null, default)).Message;
        Assert.Contains(choices, message, StringComparison.Ordinal);
        Assert.Contains($" You find {fields} under CSV options.", message, StringComparison.Ordinal);
        Assert.DoesNotMatch("--(decimal|thousands)", message);
    }

    [Theory]
    [InlineData("Set CsvTableOptions.Encoding to its encoding, for example Encoding.Latin1, or save the file as UTF-8.", "Name its encoding, for example Encoding windows-1252, or save the file as UTF-8. You find Encoding under CSV options.")]
    [InlineData("Say how the dates are written: CsvTableOptions.DateFormats = [\"dd.MM.yyyy\"].", "Say how the dates are written: Date format 'dd.MM.yyyy'. You find Date format under CSV options.")]
    [InlineData("CsvTableOptions.DateFormats = [\"dd.MM.yyyy\", \"dd.MM.yyyy HH:mm\"].", "--date-format 'dd.MM.yyyy' --date-format 'dd.MM.yyyy HH:mm'. For --date-format, use the command: 'anomalykit convert \"a.csv\" --out table.parquet' takes the option and makes a file that you can upload.")]
    [InlineData("Add a header, or set CsvTableOptions.HasHeader to false.", "Add a header, or use No header. You find No header under CSV options.")]
    [InlineData("The table has no rows.", "The table has no rows.")]
    public void Other_options_are_fields_too_or_need_the_command(string library, string expected) => Assert.Equal(expected, CsvFieldWords.Translate(library, "a.csv"));

    [Fact]
    public void The_place_of_files_is_made_again_where_it_was_cleaned_away()
    {
        using var place = new DashboardPlace();
        Directory.Delete(Path.GetDirectoryName(place.NewFile(".csv"))!);
        string folder = Path.GetDirectoryName(place.NewFile(".csv"))!;
        Assert.True(Directory.Exists(folder));
        place.Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("table.parquet")]
    [InlineData("table.arrow")]
    [InlineData("table.csv")]
    public void Tables_of_every_format_are_scored_alike_and_count_until_they_are_replaced(string name)
    {
        using var desks = new Desks();
        using var desk = desks.NewDesk();
        var table = Payments();
        using var upload = desk.Announce(name);
        using (var writer = TableFiles.Create(upload.Path))
        {
            writer.Write(table);
            writer.Complete();
        }

        var rows = desk.Score(host.Model, upload.Path, name, ["id"], null, null, default);
        Assert.Equal(host.Detector.Score(table), rows.Scores);
        Assert.Equal("k5", rows.KeyOf(5));
        upload.Dispose();
        Assert.InRange(desks.Budget.HeldBytes, 600 * (8 + 8 + 4 + 4 + 4), 600 * 200);
        desk.Put(new RowsView(rows, desks.Budget));
        Assert.Equal(2, desks.Downloads.Count);
        desk.Dispose();
        Assert.Equal(0, desks.Budget.HeldBytes);
        Assert.Equal(0, desks.Downloads.Count);
    }

    [Fact]
    public void A_table_that_would_take_more_than_the_host_holds_is_refused()
    {
        using var desks = new Desks(options => options.MaxHeldBytes = 5000);
        using var desk = desks.NewDesk();
        Assert.Contains("4.9 KiB", Assert.Throws<TableDataException>(() => desk.Score(host.Model, host.SmallTable, "a.csv", [], null, null, default)).Message, StringComparison.Ordinal);
        Assert.Equal(0, desks.Budget.HeldBytes);
    }

    private FeatureTable Payments()
    {
        using var reader = host.Detector.OpenFiles(TableFiles.Find(host.SmallTable), ["id"]);
        return reader.ReadAll();
    }

    private Upload Announce(long maxBytes) => new(host.Services.GetRequiredService<UploadBook>(), _path, maxBytes, host.Services.GetRequiredService<HostBudget>().Hold());
}
