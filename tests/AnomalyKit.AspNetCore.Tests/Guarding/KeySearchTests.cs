using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using AnomalyKit.Serving.Keys;
using AnomalyKit.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Tests.Guarding;

/// <summary>The time of a refusal tells nothing of the keys, by construction: equal work for every hash. (Figures are in docs/serving.md; a clock would make a test that sometimes fails.)</summary>
public sealed class KeySearchTests
{
    private static readonly ApiKey[] Keys = [.. Enumerable.Range(0, 7).Select(i => new ApiKey($"key-{i}", HashOf($"text-{i}"), isAdmin: false, limit: null))];

    public static TheoryData<string, string?> Sent => new()
    {
        { "text-0", "key-0" },
        { "text-3", "key-3" },
        { "text-6", "key-6" },
        { "text-7", null },
        { "text-", null },
        { "", null },
        { new string('k', 2000), null },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void Every_key_is_compared_whichever_fits(string sent, string? name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hash.Clear();
        bool isKey = KeyText.TryHash(sent, hash);
        Counted.Compared.Clear();
        Assert.Equal(name, KeySearch.Find<Counted>(Keys, hash, isKey)?.Name);
        Assert.Equal(Keys.Select(key => Convert.ToHexString(key.Hash)), Counted.Compared);
    }

    [Fact]
    public void What_can_be_no_key_opens_nothing_even_with_an_equal_hash()
    {
        Assert.Null(KeySearch.Find<FixedTimeComparison>(Keys, Keys[2].Hash, isKey: false));
        Assert.Same(Keys[2], KeySearch.Find<FixedTimeComparison>(Keys, Keys[2].Hash, isKey: true));
    }

    [Fact]
    public void Hashes_that_differ_anywhere_are_not_equal()
    {
        byte[] hash = HashOf("text");
        Assert.True(FixedTimeComparison.AreEqual(hash, (byte[])hash.Clone()));
        for (int bit = 0; bit < 8 * hash.Length; bit++)
        {
            byte[] other = (byte[])hash.Clone();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(FixedTimeComparison.AreEqual(hash, other));
        }
    }

    [Fact]
    public void Keys_of_every_source_are_hashes_of_one_length_and_the_comparison_has_no_way_out()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "of a file\n");
            var options = new AnomalyServingOptions();
            options.Keys.Add(new ApiKeyOptions { Name = "hash", Sha256 = Secrets.HashOf("of a hash") });
            options.Keys.Add(new ApiKeyOptions { Name = "file", File = file });
            using var ring = new KeyRing(Options.Create(options), NullLogger<KeyRing>.Instance);
            foreach (string name in (string[])["hash", "file"])
            {
                var context = new DefaultHttpContext();
                context.Request.Headers["X-Api-Key"] = "of a " + name;
                var key = ring.Find(context.Request)!;
                Assert.Equal(name, key.Name);
                Assert.Equal(SHA256.HashSizeInBytes, key.Hash.Length);
            }
        }
        finally
        {
            File.Delete(file);
        }

        // Neither inlined nor optimized, so that no compiler sees the way out that it was not given.
        var method = typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals), [typeof(ReadOnlySpan<byte>), typeof(ReadOnlySpan<byte>)])!;
        const System.Reflection.MethodImplAttributes AsWritten = System.Reflection.MethodImplAttributes.NoInlining | System.Reflection.MethodImplAttributes.NoOptimization;
        Assert.Equal(AsWritten, method.MethodImplementationFlags & AsWritten);
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private readonly struct Counted : IHashComparison
    {
        [field: ThreadStatic]
        public static List<string> Compared => field ??= [];

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        {
            Assert.Equal(left.Length, right.Length);
            Compared.Add(Convert.ToHexString(right));
            return FixedTimeComparison.AreEqual(left, right);
        }
    }
}
