using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Serving.Loading;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.Logging;

namespace AnomalyKit.Extensions.Tests;

/// <summary>What lies in a folder of models and is not served as somebody may have meant it.</summary>
public sealed class FolderFindingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1", true)]
    [InlineData("007", true)]
    [InlineData("1.10", true)]
    [InlineData("v2", true)]
    [InlineData("V2.1", true)]
    [InlineData("v2-beta", true)]
    [InlineData("1.0.0-rc.1+build5", true)]
    [InlineData("2026-11-28", true)]
    [InlineData("20261128_2", true)]
    [InlineData("2.bad", false)]
    [InlineData("2-old", false)]
    [InlineData("2_BAK", false)]
    [InlineData("2~", false)]
    [InlineData("2 ", false)]
    [InlineData("2 copy", false)]
    [InlineData("2bad", false)]
    [InlineData("v", false)]
    [InlineData("version2", false)]
    [InlineData("latest", false)]
    [InlineData("backup", false)]
    [InlineData("lost+found", false)]
    [InlineData("1..2", false)]
    public void A_version_is_told_from_another_name(string name, bool isUsual) => Assert.Equal(isUsual, VersionName.IsUsual(name));

    [Fact]
    public async Task What_is_not_served_as_it_was_meant_is_said_once_and_again_if_it_comes_back()
    {
        _folder.Save("fraud/1/model.akm", Payments.Fit(1));
        _folder.Save("fraud/2/forest.akm", Payments.Fit(1));
        _folder.Save("fraud/2.bad/model.akm", Payments.Fit(1));
        _folder.Save("fraud/.3/forest.akm", Payments.Fit(1));
        _folder.Save("claims/model.akm", Payments.Fit(1));
        _folder.Save("fraud.akm", Payments.Fit(1));
        File.WriteAllText(_folder.File("upper.AKM"), "");
        File.WriteAllText(_folder.File("README.md"), "");
        Directory.CreateDirectory(_folder.File("fraud/4"));
        File.WriteAllText(_folder.File("fraud/4/model.akm.part"), "");
        var log = new Warnings();
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root };
        using var pool = new DetectorPool([], () => options, new ModelLoader(meters: null, meterFactory: null), log);
        await pool.ReloadAsync();
        Assert.Equal(["fraud/2.bad", "fraud/1"], pool.Models.Select(model => model.ToString()));
        await pool.ReloadAsync();
        Assert.Equal(5, log.Texts.Count);
        Said($"Version '2' of model 'fraud' is not served: '{_folder.File("fraud/2")}' has 'forest.akm', and no model.akm. Rename the file to model.akm.");
        Said($"'{_folder.File("fraud/2.bad/model.akm")}' is served as version '2.bad' of model 'fraud'. That does not look like a version,");
        Said($"The folder '{_folder.File("claims")}' has 'model.akm' beside its versions, which is not served. Move it to a folder of its version: claims/1/model.akm.");
        Said($"'{_folder.File("fraud/1/model.akm")}' is not served: model fraud/1 comes from '{_folder.File("fraud.akm")}' already. Keep one of them.");
        Said($"The file '{_folder.File("upper.AKM")}' is not served, because its name does not end with .akm in small letters.");

        Directory.Move(_folder.File("fraud/2.bad"), _folder.File("fraud/.2.bad"));
        await pool.ReloadAsync();
        Assert.Equal("fraud/1", Assert.Single(pool.Models).ToString());
        Assert.Equal(5, log.Texts.Count);
        Directory.Move(_folder.File("fraud/.2.bad"), _folder.File("fraud/2.bad"));
        await pool.ReloadAsync();
        // Somebody may be about to rename it: it has to last.
        Assert.Equal(5, log.Texts.Count);
        await pool.ReloadAsync();
        await pool.ReloadAsync();
        Assert.Equal(6, log.Texts.Count);

        void Said(string beginning) => Assert.Single(log.Texts, text => text.StartsWith(beginning, StringComparison.Ordinal));
    }

    private sealed class Warnings : ILogger
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                Texts.Add(formatter(state, exception));
        }
    }
}
