package io.plumbline.registry.core.build;

import io.plumbline.quantizer.auto.Recipe;

/** What one recipe word of a model card asks for. */
public sealed interface Order {

    /** As cards name it. */
    String word();

    /** A build of this recipe. */
    record Fixed(Recipe recipe) implements Order {

        @Override
        public String word() {
            return recipe.words();
        }
    }

    /** The pushed model was trained for quantization and says itself what is quantized over which range. */
    record Import() implements Order {

        static final String WORD = "qat";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** The best build that reaches the card's goal, whatever its recipe. */
    record Search() implements Order {

        static final String WORD = "auto";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** @throws BuildException if there is no such recipe */
    static Order of(String word) throws BuildException {
        try {
            return switch (word) {
                case Import.WORD -> new Import();
                case Search.WORD -> new Search();
                default -> new Fixed(Recipe.parse(word));
            };
        } catch (IllegalArgumentException e) {
            throw new BuildException(e.getMessage() + ", " + Import.WORD + ", " + Search.WORD, e);
        }
    }
}
