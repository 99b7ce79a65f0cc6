package io.plumbline.quantizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lower case, longest match first: what the model was trained on, for plain English. */
final class WordPiece {

    private final Map<String, Integer> vocabulary = new HashMap<>();

    WordPiece(byte[] tokenizerJson) throws IOException {
        new ObjectMapper()
                .readTree(tokenizerJson)
                .at("/model/vocab")
                .properties()
                .forEach(
                        entry -> vocabulary.put(entry.getKey(), entry.getValue().asInt()));
    }

    List<Integer> tokens(String sentence) {
        var tokens = new ArrayList<Integer>();
        tokens.add(id("[CLS]"));
        for (var word : sentence.toLowerCase(Locale.ROOT).split("\\s+|(?=\\p{Punct})|(?<=\\p{Punct})")) {
            addPieces(word, tokens);
        }
        tokens.add(id("[SEP]"));
        return tokens;
    }

    private void addPieces(String word, List<Integer> tokens) {
        var start = 0;
        while (start < word.length()) {
            var end = word.length();
            var prefix = start == 0 ? "" : "##";
            while (end > start && !vocabulary.containsKey(prefix + word.substring(start, end))) {
                end--;
            }
            if (end == start) {
                tokens.add(id("[UNK]"));
                return;
            }
            tokens.add(id(prefix + word.substring(start, end)));
            start = end;
        }
    }

    private int id(String token) {
        return vocabulary.getOrDefault(token, -1);
    }
}
