using System.Net;
using AnomalyKit.Serving.Checks;
using AnomalyKit.Serving.Keys;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Tests.Guarding;

/// <summary>A host that was meant to be closed does not start open.</summary>
public sealed class KeyOptionsTests
{
    [Theory]
    [InlineData("Keys:0:Name=a", "has neither Sha256 nor File, or an empty one")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=", "has neither Sha256 nor File, or an empty one")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=   ", "has neither Sha256 nor File, or an empty one")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=secret-in-the-wrong-place", "not 64 hexadecimal digits")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "the Sha256 of an empty key")]
    [InlineData("Keys:0:Sha256=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "Name is empty")]
    [InlineData("Keys:0:Name=a;Keys:0:File=/nowhere/key", "has a File that cannot be used")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "the Sha256 of a key that everybody tries first")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=5E884898DA28047151D0E56F8DC6292773603D0D6AABBDD62A11EF721D1542D8", "the Sha256 of a key that everybody tries first")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", "the Sha256 of a key that everybody tries first")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86", "the Sha256 of a key that everybody tries first")]
    [InlineData("Keys:0:Name=a;Keys:0:Sha256=SHA-256-OF-YOUR-KEY", "not 64 hexadecimal digits")]
    [InlineData("Key:0:Name=a", "AnomalyDetection:Serving:Key is not an option; did you mean 'Keys'?")]
    [InlineData("Keys:0:Nmae=a", "AnomalyDetection:Serving:Keys:0:Nmae is not an option; did you mean 'Name'?")]
    [InlineData("MaxReqestRows=7", "AnomalyDetection:Serving:MaxReqestRows is not an option; did you mean 'MaxRequestRows'?")]
    [InlineData("RequireKey=true", "RequireKey is true, but there are no keys")]
    [InlineData("EnableAdmin=true", "no key has IsAdmin")]
    [InlineData("MaxConcurrentRequests=0", "MaxConcurrentRequests is 0; it must be between 1 and 1000000")]
    [InlineData("MaxBufferedBytes=5", "MaxBufferedBytes is 5; it must be between 33554432")]
    [InlineData("MaxWaitTime=-00:00:01", "MaxWaitTime is -00:00:01")]
    public async Task Settings_that_open_what_should_be_closed_stop_the_start(string settings, string message)
    {
        var values = settings.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => $"AnomalyDetection:Serving:{pair[0]}", pair => (string?)pair[1]);
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => ServingHost.StartAsync([TestModels.Numbers()], settings: values));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-in-the-wrong-place", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_options_are_keys()
    {
        Assert.Equal(Names(typeof(AnomalyServingOptions)), ServingKeys.All.Names.Order(StringComparer.Ordinal));
        Assert.Equal(Names(typeof(ApiKeyOptions)), ServingKeys.All.Find("Keys")!.Find("0")!.Names.Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(Type options) =>
            options.GetProperties().Where(property => property.CanWrite || property.Name == "Keys").Select(property => property.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_holds_the_first_guess_stops_the_start()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Root, "key");
        File.WriteAllText(file, "changeme\n");
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => ServingHost.StartAsync([TestModels.Numbers()], options => options.Keys.Add(new ApiKeyOptions { Name = "a", File = file })));
        Assert.Contains("everybody tries first", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\r\n\r\n")]
    public async Task A_key_file_without_a_key_stops_the_start(string content)
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Root, "key");
        File.WriteAllText(file, content);
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => ServingHost.StartAsync([TestModels.Numbers()], options => options.Keys.Add(new ApiKeyOptions { Name = "a", File = file })));
        Assert.Contains("is empty or blank", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_come_from_files_and_are_rotated_by_swapped_links()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Root, "one"), "first-key\n");
        File.WriteAllText(Path.Combine(folder.Root, "two"), "second-key\r\n");
        File.WriteAllText(Path.Combine(folder.Root, "none"), "\n");
        string link = Path.Combine(folder.Root, "key");
        File.CreateSymbolicLink(link, Path.Combine(folder.Root, "one"));
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.Keys.Add(new ApiKeyOptions { Name = "a", File = link }));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "first-key"));

        Swap("two");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(host, "first-key"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "second-key"));

        // A file that holds no key, or is gone, leaves the door as it was.
        Swap("none");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(host, ""));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "second-key"));
        File.Delete(link);
        host.Services.GetRequiredService<KeyRing>().Reload();
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "second-key"));

        void Swap(string target)
        {
            string next = link + ".next";
            File.CreateSymbolicLink(next, Path.Combine(folder.Root, target));
            File.Move(next, link, overwrite: true);
            host.Services.GetRequiredService<KeyRing>().Reload();
        }
    }

    [Fact]
    public async Task Keys_are_switched_off_by_name_only()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options =>
        {
            Secrets.Add(options);
            options.RequireKey = false;
        });
        Assert.Equal(HttpStatusCode.OK, await StatusOf(host, "any"));
        // Not even then is administration open.
        (await host.PostAsync("/v1/admin/models/numbers/unload", "")).IsProblem(HttpStatusCode.Unauthorized, "API key");
    }

    private static async Task<HttpStatusCode> StatusOf(ServingHost host, string key) =>
        (await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/models").With("X-Api-Key", key))).Status;
}
